"""Who works here: `profiles.ProfileService`; `access` asks the role before every act that changes
something; `preferences` are what a user chose, `policies` what an
administrator decided for everybody.
"""
