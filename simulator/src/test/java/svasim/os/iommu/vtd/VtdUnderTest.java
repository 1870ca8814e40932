package svasim.os.iommu.vtd;

import java.util.ArrayList;
import java.util.List;
import svasim.cpu.RegisterWindows;
import svasim.iommu.core.Explanation;
import svasim.iommu.core.Surroundings;
import svasim.iommu.vtd.VtdConfig;
import svasim.iommu.vtd.VtdIommu;
import svasim.memory.MemoryConfig;
import svasim.memory.MemoryTiming;
import svasim.os.OsUnderTest;
import svasim.os.Recorder;
import svasim.os.SimpleDevice;
import svasim.os.iommu.IommuOptions;
import svasim.os.iommu.PciDevice;
import svasim.os.iommu.PciPath;
import svasim.os.iommu.UnitSite;
import svasim.os.procedure.Call;
import svasim.pcie.config.ConfigurationSpace;
import svasim.pcie.tlp.Attributes;
import svasim.pcie.tlp.PasidPrefix;
import svasim.pcie.tlp.Tlp;
import svasim.stats.Statistics;
import svasim.trace.Kind;

/** The driver on a real VT-d unit, with a device that only answers invalidations. */
final class VtdUnderTest {
    static final int RID = 0x0100;

    private static final long REGISTERS = 0xFED9_0000L;
    private static final long REGISTER_BYTES = 0x1000;

    private final OsUnderTest system;
    private final VtdIommu unit;
    private final VtdDriver driver;
    private final List<Tlp> sent = new ArrayList<>();
    private final PciDevice device;

    /** A device that invalidates later than this answers nothing any more. */
    private boolean silent;

    VtdUnderTest(OsUnderTest.Setup setup, VtdConfig config, ConfigurationSpace space) {
        this(setup, config, space, PciPath.INTEGRATED);
    }

    VtdUnderTest(
            OsUnderTest.Setup setup, VtdConfig config, ConfigurationSpace space, PciPath path) {
        this(setup, config, space, path, IommuOptions.defaults());
    }

    VtdUnderTest(
            OsUnderTest.Setup setup,
            VtdConfig config,
            ConfigurationSpace space,
            PciPath path,
            IommuOptions options) {
        RegisterWindows windows = new RegisterWindows(RegisterWindows.NOBODY);
        system = setup.bus(windows).build();
        unit =
                new VtdIommu(
                        config,
                        new Surroundings(
                                "iommu0",
                                system.kernel(),
                                system.trace(),
                                new Statistics(),
                                system.memory(),
                                new MemoryTiming(MemoryConfig.defaults()),
                                system.interrupts()));
        windows.add(REGISTERS, REGISTER_BYTES, new Window(unit));
        unit.connect(this::answer, 0);
        driver =
                new VtdDriver(
                        new UnitSite(
                                "iommu0",
                                0,
                                REGISTERS,
                                2,
                                options,
                                system.platform(),
                                system.interrupts()));
        system.os().add(driver);
        device = system.os().addDevice("dev0", RID, space, path, driver);
        system.os().add(new SimpleDevice(device, null, system.os().sva()), Call.nothing());
    }

    static VtdUnderTest plain() {
        return new VtdUnderTest(
                new OsUnderTest.Setup(), VtdConfig.defaults(), OsUnderTest.capable(20));
    }

    private record Window(VtdIommu unit) implements RegisterWindows.Target {
        @Override
        public long read(long offset, int bytes) {
            return unit.readRegister(offset, bytes);
        }

        @Override
        public void write(long offset, int bytes, long value) {
            unit.writeRegister(offset, bytes, value);
        }
    }

    private boolean answer(Tlp tlp, long nowPs) {
        sent.add(tlp);
        if (tlp instanceof Tlp.InvalidateRequest request && !silent) {
            unit.receive(
                    new Tlp.InvalidateCompletion(
                            RID, request.requesterId(), 1, 1 << request.itag(), Attributes.DEFAULT),
                    nowPs);
        }
        return true;
    }

    void stopAnswering() {
        silent = true;
    }

    void answerAgain() {
        silent = false;
    }

    OsUnderTest system() {
        return system;
    }

    Recorder recorder() {
        return system.recorder();
    }

    PciDevice device() {
        return device;
    }

    VtdDriver driver() {
        return driver;
    }

    VtdIommu unit() {
        return unit;
    }

    /** What the unit sent to the device. */
    <T extends Tlp> List<T> sent(Class<T> type) {
        return sent.stream().filter(type::isInstance).map(type::cast).toList();
    }

    Explanation explain(int pasid, long iova, int access) {
        return unit.explain(RID, pasid, iova, access);
    }

    /** The device asks for a page, at the present time. */
    void request(int pasid, long address, int index, boolean last) {
        unit.receive(
                new Tlp.PageRequest(RID, address, index, last, true, true, new PasidPrefix(pasid)),
                system.kernel().nowPs());
    }

    /** The device sends a page request, at the present time. */
    void send(Tlp.PageRequest request) {
        unit.receive(request, system.kernel().nowPs());
    }

    /** Descriptors of this type that the unit carried out, in order: their first two words. */
    List<Recorder.Seen> carriedOut(int type) {
        return recorder().of(Kind.COMMAND_EXECUTED).stream()
                .filter(seen -> (seen.a() & 0xF) == type)
                .toList();
    }

    /** Runs until a step begins, to the microsecond. */
    void runToStep(String label) {
        while (!recorder().steps().contains(label)) {
            runTo(system.kernel().nowPs() + 1_000_000);
        }
    }

    /** Runs up to and including a time. */
    void runTo(long timePs) {
        system.kernel().run(timePs, Long.MAX_VALUE);
    }
}
