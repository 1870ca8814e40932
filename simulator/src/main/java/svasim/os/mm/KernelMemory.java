package svasim.os.mm;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import svasim.memory.FrameUse;
import svasim.memory.PhysicalMemory;
import svasim.os.procedure.Call;
import svasim.os.task.Platform;

/**
 * The region in which the kernel maps memory for itself (vmalloc): which addresses of it are taken.
 * Areas of 2 MiB and more consist of huge pages. Freed addresses are used again at once, where
 * Linux collects some first.
 *
 * <p>No core of the model runs kernel code at these addresses, so that no TLB of a core knows them;
 * IOMMUs may, see {@link KernelTables}.
 */
public final class KernelMemory {
    /** VMALLOC_START of x86-64 with four levels. */
    static final long START = 0xffff_c900_0000_0000L;

    /** Owner of the kernel's frames: no address space has the number. */
    static final int KERNEL = 0;

    /** Bytes that stay unmapped behind each area. */
    private static final long GUARD = PageTables.PAGE;

    private final Platform platform;
    private final KernelTables tables;

    /** Areas that are mapped. */
    private final Map<String, KernelArea> areas = new HashMap<>();

    /** Names of these, and of those that are being mapped or unmapped. */
    private final Set<String> names = new HashSet<>();

    /** Addresses that are in use, in their order. */
    private final TreeSet<KernelArea> taken =
            new TreeSet<>(Comparator.comparingLong(KernelArea::start));

    KernelMemory(Platform platform) {
        this.platform = platform;
        this.tables = new KernelTables(platform);
    }

    KernelTables tables() {
        return tables;
    }

    /** Whether an area has the name, or had it and is not gone yet. */
    public boolean isNamed(String name) {
        return names.contains(name);
    }

    /** The area with this name, or null if none is mapped. */
    public KernelArea area(String name) {
        return areas.get(name);
    }

    /**
     * Maps memory, in huge pages if it fills one.
     *
     * @param name which is not {@linkplain #isNamed in use}
     */
    public Call<?> vmalloc(String name, long bytes) {
        names.add(name);
        return Vmalloc.call(this, name, bytes);
    }

    /** Unmaps and frees an area that is mapped. */
    public Call<?> vfree(String name) {
        return Vfree.call(this, areas.remove(name));
    }

    /** Finds addresses and memory for an area; nothing is mapped yet. */
    KernelArea reserve(String name, long bytes) {
        long unit = bytes >= PageTables.HUGE ? PageTables.HUGE : PageTables.PAGE;
        long size = bytes + unit - 1 & -unit;
        KernelArea area = new KernelArea(name, findGap(size, unit), size, frames(size, unit));
        taken.add(area);
        return area;
    }

    /** The area is mapped. */
    void mapped(KernelArea area) {
        areas.put(area.name(), area);
    }

    /** Gives memory and addresses of an area back, which is not mapped any more. */
    void release(KernelArea area) {
        taken.remove(area);
        names.remove(area.name());
        area.frames().forEach(platform.frames()::free);
    }

    private long findGap(long size, long alignment) {
        long start = START;
        for (KernelArea area : taken) {
            if (start + size + GUARD <= area.start()) {
                return start;
            }
            start = area.end() + GUARD + alignment - 1 & -alignment;
        }
        return start;
    }

    private List<Long> frames(long size, long unit) {
        int each = (int) (unit / PhysicalMemory.FRAME_BYTES);
        List<Long> frames = new ArrayList<>();
        for (long done = 0; done < size; done += unit) {
            long first = allocate(each);
            for (int i = 0; i < each; i++) {
                frames.add(first + i * (long) PhysicalMemory.FRAME_BYTES);
            }
        }
        return frames;
    }

    private long allocate(int number) {
        return number == 1
                ? platform.frames().allocate(FrameUse.KERNEL, KERNEL)
                : platform.frames().allocateContiguous(FrameUse.KERNEL, KERNEL, number);
    }
}
