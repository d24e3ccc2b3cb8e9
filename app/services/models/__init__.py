"""Models; the way in is `service.ModelService`, and `inference.Inference` for the open one.

`model_import` takes files in after a smoke test, `servers` knows those that lie elsewhere,
`known_models` is what resources/models.toml says. `adapters` keeps LoRA adapters encrypted,
`adapter_packages` moves them between workspaces as signed files, whose bytes `adapter_files` writes
and reads.
"""
