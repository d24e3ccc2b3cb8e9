"""Models: `model` (kinds, shapes, calibration), `machine` (what the computer offers),
`placement` (where a model runs so that it fits), `adapters` and their signed `adapter_files`;
`servers` of one's own network that hold a model.
"""
