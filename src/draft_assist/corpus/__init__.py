"""The policy and statute corpus: what the bureau may cite, its own documents, and retrieval over both."""
