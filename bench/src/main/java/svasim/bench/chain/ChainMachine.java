package svasim.bench.chain;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import svasim.check.Bounds;
import svasim.iommu.amdvi.AmdViConfig;
import svasim.iommu.core.WalkConfig;
import svasim.iommu.smmuv3.SmmuConfig;
import svasim.iommu.vtd.VtdConfig;
import svasim.kernel.Choices;
import svasim.machine.DeviceConfig;
import svasim.machine.IommuConfig;
import svasim.machine.Machine;
import svasim.machine.MachineConfig;
import svasim.memory.CacheConfig;
import svasim.memory.MemoryConfig;
import svasim.models.dmabench.DmaBenchConfig;
import svasim.models.dmabench.DmaBenchWork;
import svasim.os.OsConfig;
import svasim.os.defect.Defects;
import svasim.os.program.Buffer;
import svasim.os.program.ProcessSpec;
import svasim.os.program.Program;
import svasim.os.program.Step;
import svasim.pcie.endpoint.EndpointConfig;
import svasim.pcie.fabric.RootComplexConfig;
import svasim.pcie.fabric.RootPortConfig;
import svasim.pcie.link.LinkConfig;
import svasim.units.ByteSize;
import svasim.units.Picoseconds;

/**
 * The machine of the chain: four cards behind one link, one process whose buffer all of them read
 * with its PASID. Every table walk takes its four reads: the unit has no paging-structure caches.
 */
final class ChainMachine {
    private static final int CARDS = 4;
    private static final int OUTSTANDING = 16;
    private static final ByteSize READ = new ByteSize(256);
    private static final Picoseconds INTERVAL = Picoseconds.ofNanos(4);
    private static final ByteSize HOT = ByteSize.ofKiB(256 * 4);
    private static final int FAR_EVERY = 10;
    private static final String PORT = "rp0";
    private static final String BUFFER = "pages";
    private static final long SEED = 42;

    private ChainMachine() {}

    /** A machine at rest; its cards read without end once it runs. */
    static Machine of(ChainPoint point) {
        Bounds bounds = point.invariants() ? Bounds.defaults() : null;
        return new Machine(
                new Machine.Plan(
                        machine(point),
                        OsConfig.defaults(),
                        Defects.NONE,
                        List.of(process(point.pattern())),
                        List.of(),
                        List.of(),
                        bounds),
                SEED,
                Choices.PLAIN);
    }

    /** Name of a card's counter of accesses. */
    static String accesses(int card) {
        return card(card) + ".accesses";
    }

    static int cards() {
        return CARDS;
    }

    private static String card(int number) {
        return "card" + number;
    }

    private static MachineConfig machine(ChainPoint point) {
        Map<String, DeviceConfig> devices = new TreeMap<>();
        for (int i = 0; i < CARDS; i++) {
            devices.put(card(i), device(point.pattern()));
        }
        return new MachineConfig(
                null,
                null,
                memory(),
                rootComplex(),
                iommu(point.unit()),
                Map.of(PORT, new RootPortConfig(null, null, link())),
                null,
                devices);
    }

    /** Each bank is busy for as long as an access takes. */
    private static MemoryConfig memory() {
        Picoseconds bank = Picoseconds.ofNanos(60);
        return new MemoryConfig(null, null, bank, null, 16, bank, null);
    }

    private static RootComplexConfig rootComplex() {
        Picoseconds each = Picoseconds.ofNanos(25);
        return new RootComplexConfig(
                null, each, each, null, null, null, null, null, 256, null, null, null, null);
    }

    /** 32 ps for a byte. */
    private static LinkConfig link() {
        return new LinkConfig(
                4, 16, Picoseconds.ofNanos(150), null, null, null, null, null, null, null);
    }

    private static DeviceConfig device(ChainPattern pattern) {
        DmaBenchConfig.Addressing addressing =
                pattern.isOnDemand()
                        ? DmaBenchConfig.Addressing.SVA
                        : DmaBenchConfig.Addressing.PINNED_SVA;
        DmaBenchConfig config =
                new DmaBenchConfig(
                        addressing,
                        null,
                        null,
                        null,
                        pattern.hasHotPart() ? HOT : null,
                        pattern.hasHotPart() ? FAR_EVERY : null,
                        null,
                        READ,
                        OUTSTANDING,
                        null,
                        INTERVAL,
                        null,
                        null);
        return new DeviceConfig(
                "dma-bench", PORT, pattern.isOnDemand() ? null : withoutAts(), config);
    }

    /** A card that leaves every translation to the IOMMU. */
    private static EndpointConfig withoutAts() {
        return new EndpointConfig(
                null,
                EndpointConfig.Ats.present(false),
                EndpointConfig.Pri.present(false),
                null,
                null);
    }

    private static IommuConfig iommu(ChainUnit unit) {
        return switch (unit) {
            case VTD -> vtd();
            case SMMUV3 -> smmu();
            case AMDVI -> amdVi();
        };
    }

    private static IommuConfig vtd() {
        VtdConfig config =
                new VtdConfig(
                        null, null, null, null, null, null, iotlb(), entries(), entries(), none(),
                        none(), walks(), null, null, null);
        return new IommuConfig(IommuConfig.Unit.VTD, null, config, null, null, null, null, null);
    }

    private static IommuConfig smmu() {
        SmmuConfig config =
                new SmmuConfig(
                        null, null, iotlb(), entries(), entries(), none(), none(), walks(), null,
                        null, null, null);
        return new IommuConfig(IommuConfig.Unit.SMMUV3, null, null, config, null, null, null, null);
    }

    private static IommuConfig amdVi() {
        AmdViConfig config =
                new AmdViConfig(
                        null, null, iotlb(), entries(), entries(), none(), none(), walks(), null);
        return new IommuConfig(IommuConfig.Unit.AMDVI, null, null, null, config, null, null, null);
    }

    private static CacheConfig iotlb() {
        return new CacheConfig(128, 8, Picoseconds.ofNanos(5), null);
    }

    /** Entries of devices and PASIDs, at no time: a hit is to take that of the IOTLB. */
    private static CacheConfig entries() {
        return new CacheConfig(16, 4, Picoseconds.ofNanos(0), null);
    }

    private static CacheConfig none() {
        return CacheConfig.of(0, 1);
    }

    /** Every access under way may walk. */
    private static WalkConfig walks() {
        return new WalkConfig(CARDS * OUTSTANDING, Picoseconds.ofNanos(0), null, null);
    }

    private static ProcessSpec process(ChainPattern pattern) {
        DmaBenchWork work =
                new DmaBenchWork(DmaBenchWork.Operation.READ, BUFFER, Integer.MAX_VALUE);
        Map<String, Program> threads = new LinkedHashMap<>();
        for (int i = 0; i < CARDS; i++) {
            threads.put(
                    "thread" + i,
                    Program.of(
                            new Step.Open(card(i)),
                            new Step.Submit(card(i), "job" + i, work),
                            new Step.Await("job" + i)));
        }
        ByteSize size = ByteSize.ofKiB(4L * pattern.pages());
        Buffer buffer = new Buffer(size, Buffer.Fill.NONE);
        return new ProcessSpec("host", Map.of(BUFFER, buffer), threads);
    }
}
