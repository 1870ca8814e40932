package svasim.os.mm;

import java.util.List;
import svasim.cpu.Cpu;
import svasim.os.procedure.Call;

/**
 * Memory of a device that holds pages of processes and that no core may reach
 * (MEMORY_DEVICE_PRIVATE of Linux's heterogeneous memory management): what its driver does for
 * pages that come and go.
 */
public interface DeviceMemory {
    /** Instead of an offset: nothing is free. */
    long NO_ROOM = -1;

    /** A page on its way into the memory: a locked frame that nobody translates to any more. */
    record Move(long frame, DevicePage page) {}

    /**
     * Takes room for a page.
     *
     * @return offset in the device's memory, or {@link #NO_ROOM}
     */
    long allocate();

    /** Has the device copy frames into its memory. */
    Call<?> copyIn(List<Move> moves);

    /** The page is the process's from now on; called in the step that writes its entry. */
    void arrived(Cpu cpu, Mm mm, long va, DevicePage page, boolean writable);

    /**
     * Takes the page away from the device's own translations, waits until nobody uses those, and
     * has the device copy it to a frame (dev_pagemap_ops.migrate_to_ram).
     */
    Call<?> copyOut(DevicePage page, long frame);

    /** Nobody names the page any more (dev_pagemap_ops.page_free). */
    void free(DevicePage page);

    /** Whether the contents are gone, with the device or by a reset of it. */
    boolean isLost(DevicePage page);

    /** Bytes of the page, for who looks without touching. */
    byte[] contents(DevicePage page);
}
