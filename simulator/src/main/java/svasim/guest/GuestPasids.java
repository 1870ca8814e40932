package svasim.guest;

import svasim.units.Require;

/**
 * The numbers of the system's PASID space that a guest can have.
 *
 * @param quota how many at once
 * @source quota: assumed
 */
public record GuestPasids(Integer quota) {
    public GuestPasids {
        quota = quota == null ? 16 : quota;
        Require.positive("quota", quota);
    }
}
