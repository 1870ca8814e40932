package svasim.models.dmabench;

import svasim.device.DriverStyle;
import svasim.os.iommu.FeatureSubset;
import svasim.units.ByteSize;
import svasim.units.Picoseconds;
import svasim.units.Require;

/**
 * The card and the window that it measures; absent keys take these defaults. The times are to be
 * set from a measurement without an IOMMU.
 *
 * @param addressing where the window lies
 * @param driver when the driver stops the card and unbinds, with the addresses of a process
 * @param pins who pins pages that the card touches, where it makes no page requests
 * @param window memory in which addresses are chosen; for a process's buffer, its size counts
 * @param hot first bytes of the window, that most accesses go to; absent, the whole window
 * @param farEvery of so many accesses, by chance, one goes anywhere in the window instead
 * @param leaf pages that the window is mapped with, 4 KiB or 2 MiB
 * @param transfer bytes of an access, 1 B to 4 KiB
 * @param outstanding accesses under way at once
 * @param overhead time within the card that each access takes and that is measured with it
 * @param issueInterval shortest time from one access to the next
 * @param ringPages pages of queues of the card's own, touched in turn between samples
 * @param ringEvery samples from one such touch to the next
 * @source addressing, driver, pins, hot, farEvery, leaf: chosen
 * @source window, transfer, outstanding: pcie-bench (SIGCOMM 2018): one read of 64 bytes at a time
 *     for its latencies, and one of its windows
 * @source overhead, issueInterval, ringPages, ringEvery: none; to be set from a measurement without
 *     an IOMMU
 */
public record DmaBenchConfig(
        Addressing addressing,
        DriverStyle driver,
        Pins pins,
        ByteSize window,
        ByteSize hot,
        Integer farEvery,
        ByteSize leaf,
        ByteSize transfer,
        Integer outstanding,
        Picoseconds overhead,
        Picoseconds issueInterval,
        Integer ringPages,
        Integer ringEvery) {
    /** Whose addresses the card uses. */
    public enum Addressing {
        /** Those of the DMA API, without PASID. */
        DMA_API(FeatureSubset.NONE),
        /** The same, of pages that come when the card asks for them. */
        PAGE_FAULTS(FeatureSubset.PAGE_FAULTS),
        /** Those of a domain of the driver's own, behind a PASID of its own. */
        AUXILIARY(FeatureSubset.AUXILIARY),
        /** Those of the process that opened the card, with its PASID. */
        SVA(FeatureSubset.FULL_SVA),
        /** The same, of pages that are pinned: the card makes no page requests. */
        PINNED_SVA(FeatureSubset.PINNED_SVA),
        /** Those of the process that opened the card, which has it as a whole: without PASID. */
        FUNCTION_SVA(FeatureSubset.FUNCTION_SVA),
        /** The same, of pages that are pinned. */
        SHARED_TABLES(FeatureSubset.SHARED_TABLES),
        /** Those of the process, by a page table in the card that the driver keeps. */
        MIRROR(FeatureSubset.MIRROR);

        private final FeatureSubset subset;

        Addressing(FeatureSubset subset) {
            this.subset = subset;
        }

        /** What the card is used with of shared virtual addressing. */
        FeatureSubset subset() {
            return subset;
        }

        /** Whether the addresses are those of a process. */
        boolean isOfProcess() {
            return subset.sharesPageTables() || isMirrored();
        }

        /** Whether the card has a page table of its own. */
        boolean isMirrored() {
            return subset == FeatureSubset.MIRROR;
        }

        /** Whether pages have to be pinned, because the card cannot wait for them. */
        boolean needsPins() {
            return subset.sharesPageTables() && !subset.takesPageFaults();
        }
    }

    /** Who sees to it that the pages are there that the card touches. */
    public enum Pins {
        /** The driver, of each buffer that is submitted. */
        SUBMISSION,
        /** The driver, of everything that the process has when it opens the card. */
        OPEN,
        /** The program, of what it is going to submit. */
        PROGRAM
    }

    private static final int LINE_BYTES = 64;
    private static final ByteSize SMALL_LEAF = ByteSize.ofKiB(4);
    private static final ByteSize LARGE_LEAF = ByteSize.ofKiB(2048);

    public DmaBenchConfig {
        addressing = addressing == null ? Addressing.DMA_API : addressing;
        driver = driver == null ? DriverStyle.I915 : driver;
        pins = pins == null && addressing.needsPins() ? Pins.SUBMISSION : pins;
        Require.that(
                pins == null || addressing.needsPins(),
                "pins",
                pins,
                "something only where the card cannot wait for pages");
        window = window == null ? ByteSize.ofKiB(256) : window;
        Require.that(
                farEvery == null || hot != null,
                "farEvery",
                farEvery,
                "something only where a part of the window is hot");
        if (hot != null) {
            farEvery = farEvery == null ? 10 : farEvery;
        }
        leaf = leaf == null ? SMALL_LEAF : leaf;
        transfer = transfer == null ? new ByteSize(LINE_BYTES) : transfer;
        outstanding = outstanding == null ? 1 : outstanding;
        overhead = overhead == null ? Picoseconds.ofNanos(0) : overhead;
        issueInterval = issueInterval == null ? Picoseconds.ofNanos(0) : issueInterval;
        ringPages = ringPages == null ? 0 : ringPages;
        ringEvery = ringEvery == null ? 1 : ringEvery;
        Require.range("transfer", transfer.bytes(), 1, SMALL_LEAF.bytes());
        Require.range("window", window.bytes(), unit(transfer), 1L << 40);
        if (hot != null) {
            Require.range("hot", hot.bytes(), unit(transfer), 1L << 40);
            Require.positive("farEvery", farEvery);
        }
        Require.that(
                leaf.equals(SMALL_LEAF) || leaf.equals(LARGE_LEAF), "leaf", leaf, "4KiB or 2MiB");
        Require.range("outstanding", outstanding, 1, 1024);
        Require.range("ringPages", ringPages, 0, 1 << 16);
        Require.that(
                !addressing.isOfProcess() || ringPages == 0,
                "ringPages",
                ringPages,
                "none with the addresses of a process");
        Require.positive("ringEvery", ringEvery);
        Require.that(
                addressing.isOfProcess() || driver == DriverStyle.I915,
                "driver",
                driver,
                "i915 with the addresses of the DMA API");
    }

    /** All defaults. */
    public DmaBenchConfig() {
        this(null, null, null, null, null, null, null, null, null, null, null, null, null);
    }

    /**
     * Distance of the addresses that accesses may start at: whole lines, and never across pages.
     */
    long unit() {
        return unit(transfer);
    }

    /** Places in the hot part of a window of so many; all of them if no part is hot. */
    long hotUnits(long units) {
        return hot == null ? units : Math.min(units, hot.bytes() / unit());
    }

    int leafShift() {
        return Long.numberOfTrailingZeros(leaf.bytes());
    }

    long ringBytes() {
        return ringPages * SMALL_LEAF.bytes();
    }

    private static long unit(ByteSize transfer) {
        long lines = (transfer.bytes() + LINE_BYTES - 1) / LINE_BYTES;
        return lines == 1 ? LINE_BYTES : Long.highestOneBit(2 * lines * LINE_BYTES - 1);
    }
}
