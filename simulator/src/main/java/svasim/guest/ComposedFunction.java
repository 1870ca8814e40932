package svasim.guest;

import svasim.device.MediatedDevice;

/**
 * A device that is composed for a guest.
 *
 * @param function as the guest sees it
 * @param device what stands behind its registers
 * @param faults page requests of the real device for all guests
 */
public record ComposedFunction(
        GuestFunction function, MediatedDevice device, SharedFaults faults) {}
