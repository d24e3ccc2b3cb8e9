"""Rows to train from; the way in is `service.DatasetService`.

`row_writer` has the model write them from documents (`row_assembly` adds what a search would find
beside the passage), `row_chats` takes liked and corrected answers, `row_files` reads and writes
files: `row_records` their records, `row_forms` what other programs mean by them.
"""
