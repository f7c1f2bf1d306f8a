# METADATA
# title: The settings are valid
# description: |
#   The settings are policies, approvers, exemptions and budgets in tollbar.yml, or the document tollbar_settings of an
#   OPA server. A misspelt rule or parameter would leave a limit unset in silence. So settings that are not valid are
#   denied, the nearest known name is told, and none of them is used: until they are right, the defaults apply. The rule
#   is always on. The command line ends with exit code 3.
# custom:
#   code: TB003
#   category: integrity
#   default_mode: enforce
#   message: "{problem}."
#   remediation: >-
#     Correct the settings. tollbar validate names all mistakes with their lines,
#     tollbar policy explain RULE the parameters.
#   params: []
#   since: 0.1.0
package tollbar.rules.integrity.settings_valid

import data.tollbar.lib.result
import data.tollbar.lib.settings

# METADATA
# description: One finding per setting that is wrong.
# scope: document
findings contains result.finding(rego.metadata.chain(), {"name": problem.field}, {}, {"{problem}": problem.text}) if {
	some problem in settings.problems
}
