# METADATA
# title: The settings are valid
# description: |
#   A misspelt rule or parameter would leave a limit unset in silence. So settings that are not valid are denied, and
#   none of them is used: until they are right, the defaults apply.
# custom:
#   code: TB003
#   category: integrity
#   default_mode: enforce
#   message: "{problem}."
#   remediation: Correct the settings. The parameters of each rule are described in its documentation.
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
