"""The pages of those who keep the catalogue; there are none unless the operator switches them on."""
