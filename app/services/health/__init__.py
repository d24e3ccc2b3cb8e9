"""Is everything well? `doctor.DoctorService` runs the checks; wording them is the caller's."""
