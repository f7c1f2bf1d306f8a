package tollbar.lib.machines_test

import data.tollbar.lib.machines

test_family[type] if {
	some type, family in {
		"m5.large": "m5",
		"m7g.metal": "m7g",
		"m7i.metal-24xl": "m7i",
		"u7i-12tb.112xlarge": "u7i-12tb",
		"db.m5.large": "m5",
		"cache.r6g.16xlarge": "r6g",
		"ml.g5.xlarge": "g5",
		"m5.large.search": "m5",
		"ra3.xlplus": "ra3",
		"n2-standard-4": "n2",
		"e2-medium": "e2",
		"c3-standard-22-lssd": "c3",
		"n2d-custom-4-8192": "n2d",
		"custom-4-8192": "custom",
		"a2-highgpu-1g": "a2",
		"f1-micro": "f1",
		"db-n1-standard-1": "n1",
		"db-custom-2-7680": "custom",
		"Standard_D4s_v5": "Dsv5",
		"Standard_D2_v2": "Dv2",
		"Standard_B2ms": "Bms",
		"Basic_A1": "A",
		"Standard_E4-2ds_v5": "Edsv5",
		"Standard_NC24ads_A100_v4": "NCads_A100v4",
		"Standard_D2_v2_Promo": "Standard_D2_v2_Promo",
		"GP_Standard_D2ds_v4": "Ddsv4",
		"GP_Gen5_2": "GP_Gen5_2",
		"": "",
	}
	machines.family(type) == family
}
