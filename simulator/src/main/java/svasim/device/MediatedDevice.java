package svasim.device;

import java.util.Map;
import svasim.cpu.RegisterWindows;
import svasim.os.procedure.Call;

/**
 * A device of a virtual machine that software of the host composes out of a part of a real one
 * (VDCM): the pages by which work is submitted are those of the part; every other register is
 * emulated, at offsets of BAR 0, and what it starts is done by the driver of the real device.
 */
public interface MediatedDevice extends RegisterWindows.Target {
    /** Size of each BAR that is emulated or passed through. */
    Map<Integer, Long> bars();

    /** Pages of the second BAR that are passed through: host-physical address, by offset. */
    Map<Long, Long> pages();

    /** The virtual machine has the part from now on. */
    Call<?> open();

    /**
     * The virtual machine loses it, or resets it: when the call is over nothing of the machine is
     * in the part, and every number that it held is let go.
     */
    Call<?> close();
}
