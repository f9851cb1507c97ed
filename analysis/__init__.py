"""Who asks what of whom, who owns it, what nobody owns, and how both sides keep up."""
