"""Vocabulary and storage: records, judgements, errors, schema, store, migrations. Imports no sibling package."""
