"""People: accounts by invitation, roles by unit and period, second factor, single sign-on."""
