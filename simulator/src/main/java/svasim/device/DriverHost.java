package svasim.device;

import java.util.Map;
import svasim.cpu.Interrupts;
import svasim.os.iommu.DmaApi;
import svasim.os.iommu.PciDevice;
import svasim.os.sva.Sva;
import svasim.os.task.Platform;
import svasim.stats.Statistics;

/**
 * What a driver gets from the machine: its device as the operating system knows it, and the
 * services of the kernel. Nothing of the device's own objects is among it.
 *
 * @param device the device to drive
 * @param bars physical address of each base address register, by its number
 * @param contents of memory behind BARs, for who looks without touching
 * @param sva binding to address spaces
 * @param dma memory shared with the device; without an IOMMU, at physical addresses
 * @param interrupts where lines are allocated
 */
public record DriverHost(
        PciDevice device,
        Map<Integer, Long> bars,
        BarContents contents,
        Sva sva,
        DmaApi dma,
        Interrupts interrupts,
        Platform platform,
        Statistics statistics) {
    public DriverHost {
        bars = Map.copyOf(bars);
    }

    /** Name of the device in the scenario. */
    public String name() {
        return device.name();
    }

    /** Physical address of a base address register. */
    public long bar(int number) {
        return bars.get(number);
    }
}
