"""Where and when people are met: places, hours, clinics, and the appointments of cases."""
