package svasim.guest;

import java.util.Map;
import java.util.TreeMap;
import svasim.device.MediatedDevice;
import svasim.os.iommu.PciDevice;
import svasim.pcie.config.ConfigurationSpace;

/**
 * A function of the machine as its guest sees it: another requester ID, BARs at other addresses,
 * and a configuration space that the monitor emulates. What the guest switches there is only noted:
 * the host has the function's PASID, ATS and PRI on as long as it can.
 */
public final class GuestFunction {
    private static final int DEVICE_SHIFT = 3;

    /** Below it there is neither memory nor a register of any guest. */
    private static final long FIRST_BAR = 0x1000_0000_0000L;

    private static final long BAR_SPACING = 1L << 24;
    private static final long PAGE_BYTES = 4096;

    private final String name;
    private final int requesterId;
    private final PciDevice physical;
    private final VirtualConfiguration configuration;
    private final Map<Integer, Long> bars = new TreeMap<>();

    /**
     * A BAR of the machine's function.
     *
     * @param start address in the machine
     */
    public record Bar(long start, long bytes) {}

    /**
     * @param number of the function in the guest, from 1
     * @param physical as the host knows it
     * @param translated whether the guest has an IOMMU above it, so that ATS has a meaning
     */
    GuestFunction(String name, int number, PciDevice physical, boolean translated) {
        this.name = name;
        this.requesterId = number << DEVICE_SHIFT;
        this.physical = physical;
        this.configuration = new VirtualConfiguration(physical.features(), translated);
    }

    /** Shows the function's BARs to the cores of the guest, without exits. */
    void placeBars(Map<Integer, Bar> real, GuestBus bus) {
        long[] next = {FIRST_BAR + ((long) requesterId << Integer.SIZE)};
        real.forEach(
                (number, bar) -> {
                    long size = Math.max(Long.highestOneBit(2 * bar.bytes() - 1), 1);
                    next[0] = next[0] + size - 1 & -size;
                    bus.passThrough(next[0], bar.bytes(), bar.start());
                    bars.put(number, next[0]);
                    next[0] += size;
                });
    }

    /** Shows a composed device: its pages without exits, the rest emulated. */
    void placeBars(MediatedDevice composed, GuestBus bus) {
        long next = FIRST_BAR + ((long) requesterId << Integer.SIZE);
        for (Map.Entry<Integer, Long> bar : composed.bars().entrySet()) {
            bars.put(bar.getKey(), next);
            if (bar.getKey() == 0) {
                bus.emulate(next, bar.getValue(), name, composed);
            } else {
                long start = next;
                composed.pages()
                        .forEach((at, page) -> bus.passThrough(start + at, PAGE_BYTES, page));
            }
            next += BAR_SPACING;
        }
    }

    /** Name in the guest. */
    public String name() {
        return name;
    }

    /** Requester ID in the guest. */
    public int requesterId() {
        return requesterId;
    }

    /** The function as the host knows it. */
    public PciDevice physical() {
        return physical;
    }

    /** What the guest's software reads and writes. */
    public ConfigurationSpace configuration() {
        return configuration.space();
    }

    /** The guest has asked for a Function Level Reset. */
    void onReset(Runnable action) {
        configuration.onReset(action);
    }

    /** Guest-physical address of each BAR. */
    public Map<Integer, Long> bars() {
        return bars;
    }
}
