package svasim.guest;

import svasim.units.Require;

/**
 * The numbers of the system's PASID space that a guest can have.
 *
 * @param quota how many at once, for a guest with a composed device, which asks the host for each;
 *     of functions of its own a guest has every number, and nobody counts them
 * @source quota: assumed
 */
public record GuestPasids(Integer quota) {
    public GuestPasids {
        quota = quota == null ? 16 : quota;
        Require.positive("quota", quota);
    }
}
