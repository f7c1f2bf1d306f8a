package tollbar.lib.exemptions_test

import data.tollbar.lib.exemptions

test_by_tag[value] if {
	some value, exempt in {
		"true": true,
		"yes": true,
		"FIN-12": true,
		"false": false,
		"FALSE": false,
		" ": false,
		"": false,
	}
	found := {exemption | exemption := exemptions.by_tag({"approved": value}, "approved")}
	found == {{"by": "tag", "tag": "approved"} | exempt}
}

test_no_such_tag if {
	not exemptions.by_tag({}, "approved")
	not exemptions.by_tag({"approved": "true"}, null)
}
