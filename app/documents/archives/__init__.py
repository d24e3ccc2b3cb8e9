"""`archive` takes archives apart within limits; `zip_members`, `tar_members` and `seven_zip` with
its `seven_zip_header`, say what is in one, each a `member`; `member_names` how it is called.
"""
