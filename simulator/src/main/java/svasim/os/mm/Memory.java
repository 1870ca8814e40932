package svasim.os.mm;

import java.util.LinkedHashMap;
import java.util.Map;
import svasim.os.procedure.Call;
import svasim.os.task.Platform;
import svasim.paging.TableWalk;

/** What all address spaces share: pages, swap space, files, and who ends a shortage of memory. */
public final class Memory {
    private final Platform platform;
    private final MmConfig config;
    private final Pages pages;
    private final DevicePages devicePages = new DevicePages();
    private final KernelMemory kernel;
    private final SwapSpace swap;
    private final AllocationTimes allocationTimes;
    private final TableWalk walk = new TableWalk();
    private final Map<String, RegularFile> files = new LinkedHashMap<>();
    private OutOfMemory outOfMemory = Call::nothing;

    /** Ends a shortage of memory that reclaim cannot end. */
    @FunctionalInterface
    public interface OutOfMemory {
        /** Kills somebody and waits for memory to come back. */
        Call<?> kill();
    }

    Memory(MmConfig config, Platform platform) {
        this.platform = platform;
        this.config = config;
        this.pages = new Pages(platform, config.limit().bytes());
        this.kernel = new KernelMemory(platform);
        this.allocationTimes = new AllocationTimes(config, platform.kernel());
        this.swap = new SwapSpace(config, platform.kernel(), platform.trace().lane("swap"));
    }

    Platform platform() {
        return platform;
    }

    MmConfig config() {
        return config;
    }

    Pages pages() {
        return pages;
    }

    /** Pages that lie in the memory of devices. */
    DevicePages devicePages() {
        return devicePages;
    }

    /** Memory that the kernel maps for itself. */
    public KernelMemory kernel() {
        return kernel;
    }

    /** With which cores look into page tables, one access after the other. */
    TableWalk walk() {
        return walk;
    }

    AllocationTimes allocationTimes() {
        return allocationTimes;
    }

    SwapSpace swap() {
        return swap;
    }

    /** The file of this name; it comes into being, empty, when asked for. */
    public RegularFile file(String name) {
        return files.computeIfAbsent(name, this::newFile);
    }

    private RegularFile newFile(String name) {
        return new RegularFile(name, config.storage().value(), this, files.size() + 1);
    }

    /** Pages that processes and files have now. */
    public int pagesInUse() {
        return pages.count();
    }

    /** Reclaims so many pages, those first that were made first. */
    public Call<?> reclaim(int number) {
        return Reclaim.oldest(this, number);
    }

    /** Slots of the swap device that are in use. */
    public int swapInUse() {
        return swap.used();
    }

    /** Takes whoever ends shortages; none of the processes does without. */
    public void onShortage(OutOfMemory killer) {
        outOfMemory = killer;
    }

    OutOfMemory outOfMemory() {
        return outOfMemory;
    }

    /** An entry that named a slot is gone. */
    void putSlot(SwapSlot slot) {
        slot.put();
        if (slot.references() == 0) {
            if (slot.page() != null) {
                dropFromSwapCache(slot.page());
            } else {
                swap.free(slot);
            }
        }
    }

    /** The page has no place on the swap device any more, unless entries still name it. */
    void dropFromSwapCache(Page page) {
        SwapSlot slot = page.slot();
        page.slot(null);
        slot.page(null);
        if (slot.references() == 0) {
            swap.free(slot);
        }
        pages.put(page);
    }
}
