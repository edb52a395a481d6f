"""OTP: one-time-programmable fuses. Sensed once at power-up; harvest masks, calibration and identity as shadows."""
