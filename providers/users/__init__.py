"""Who works at a practice beside the professional: delegates, each with an account of their own."""
