"""AI services beside Bedrock and SageMaker: Polly, Rekognition, Textract, Transcribe, Translate.

Usage types and units: AWS's list as public cost reports of 2026 quote it.
"""

from __future__ import annotations

from tollbar.catalog.refresh.aws.service import Query, Rule, Service, by_rules

_POLLY = (
    Rule("SynthesizeSpeech-Characters", "aws/polly/standard", "characters"),
    Rule("SynthesizeSpeechNeural-Characters", "aws/polly/neural", "characters"),
)
_BY_ONE_RULE = {
    "rekognition": ("AmazonRekognition", Rule("ImagesProcessed", "aws/rekognition/images", "images")),
    "textract": ("AmazonTextract", Rule("AsyncTextPagesProcessed", "aws/textract/detect_document_text", "pages")),
    "transcribe": ("transcribe", Rule("TranscribeAudio", "aws/transcribe/standard", "media-minutes")),
    "translate": ("translate", Rule("TranslateText", "aws/translate/standard_text", "characters")),
}

SERVICES = (
    Service("polly", (Query("AmazonPolly"),), by_rules(_POLLY)),
    *(Service(name, (Query(code),), by_rules([rule])) for name, (code, rule) in _BY_ONE_RULE.items()),
)
