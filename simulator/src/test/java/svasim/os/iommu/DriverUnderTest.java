package svasim.os.iommu;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import svasim.cpu.RegisterWindows;
import svasim.iommu.core.Explanation;
import svasim.iommu.core.Iommu;
import svasim.iommu.core.Surroundings;
import svasim.memory.MemoryConfig;
import svasim.memory.MemoryTiming;
import svasim.os.OsUnderTest;
import svasim.os.Recorder;
import svasim.os.SimpleDevice;
import svasim.os.procedure.Call;
import svasim.os.task.Priority;
import svasim.pcie.config.ConfigurationSpace;
import svasim.pcie.fabric.TranslationAgent;
import svasim.pcie.tlp.AddressType;
import svasim.pcie.tlp.Attributes;
import svasim.pcie.tlp.CompletionStatus;
import svasim.pcie.tlp.PasidPrefix;
import svasim.pcie.tlp.Tlp;
import svasim.stats.Statistics;

/** A driver on its real unit, with a device that only answers invalidations. */
public final class DriverUnderTest {
    public static final int RID = 0x0100;

    private static final long REGISTERS = 0xFED9_0000L;
    private static final long REGISTER_BYTES = 0x4_0000;

    private final OsUnderTest system;
    private final Iommu unit;
    private final IommuDriver driver;
    private final PciDevice device;
    private final List<Tlp> sent = new ArrayList<>();
    private boolean silent;

    /**
     * The two that are tested together, and how.
     *
     * @param space of the device
     */
    public record Parts(
            OsUnderTest.Setup setup,
            Function<Surroundings, Iommu> unit,
            Function<UnitSite, IommuDriver> driver,
            ConfigurationSpace space,
            PciPath path,
            IommuOptions options) {
        public Parts with(ConfigurationSpace other, PciPath otherPath) {
            return new Parts(setup, unit, driver, other, otherPath, options);
        }

        public Parts with(IommuOptions other) {
            return new Parts(setup, unit, driver, space, path, other);
        }

        public Parts with(Function<Surroundings, Iommu> other) {
            return new Parts(setup, other, driver, space, path, options);
        }
    }

    public DriverUnderTest(Parts parts) {
        RegisterWindows windows = new RegisterWindows(RegisterWindows.NOBODY);
        system = parts.setup().bus(windows).iommu(parts.options()).build();
        unit = parts.unit().apply(surroundings());
        windows.add(REGISTERS, REGISTER_BYTES, new Window(unit));
        unit.connect(this::answer, 0);
        driver =
                parts.driver()
                        .apply(
                                new UnitSite(
                                        "iommu0",
                                        0,
                                        REGISTERS,
                                        2,
                                        parts.options(),
                                        system.platform(),
                                        system.interrupts()));
        system.os().add(driver);
        device = system.os().addDevice("dev0", RID, parts.space(), parts.path(), driver);
        system.os().add(new SimpleDevice(device, null, system.os().sva()), Call.nothing());
    }

    private Surroundings surroundings() {
        return new Surroundings(
                "iommu0",
                system.kernel(),
                system.trace(),
                new Statistics(),
                system.memory(),
                new MemoryTiming(MemoryConfig.defaults()),
                system.interrupts());
    }

    private record Window(Iommu unit) implements RegisterWindows.Target {
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
                            request.destinationId(),
                            request.requesterId(),
                            1,
                            1 << request.itag(),
                            Attributes.DEFAULT),
                    nowPs);
        }
        return true;
    }

    /** From now on the device completes no invalidation. */
    public void stopAnswering() {
        silent = true;
    }

    public void answerAgain() {
        silent = false;
    }

    public OsUnderTest system() {
        return system;
    }

    public Recorder recorder() {
        return system.recorder();
    }

    public PciDevice device() {
        return device;
    }

    public IommuDriver driver() {
        return driver;
    }

    public Iommu unit() {
        return unit;
    }

    /** What the unit sent to the device. */
    public <T extends Tlp> List<T> sent(Class<T> type) {
        return sent.stream().filter(type::isInstance).map(type::cast).toList();
    }

    public Explanation explain(int pasid, long iova, int access) {
        return unit.explain(RID, pasid, iova, access);
    }

    /** Translations that the unit remembers. */
    public int cached() {
        int[] found = new int[1];
        unit.visitTranslations((requesterId, pasid, iova, shift, output, granted) -> found[0]++);
        return found[0];
    }

    /** The device asks for a page to write to, at the present time. */
    public void request(int pasid, long address, int index, boolean last) {
        unit.receive(
                new Tlp.PageRequest(RID, address, index, last, true, true, new PasidPrefix(pasid)),
                system.kernel().nowPs());
    }

    /** The device asks for the translation of a page, at the present time. */
    public void translationRequest(int pasid, long page) {
        unit.receive(
                new Tlp.TranslationRequest(
                        RID, 0, page, 1, false, new PasidPrefix(pasid), Attributes.DEFAULT),
                system.kernel().nowPs());
    }

    /** The device reads without ATS; the outcome is collected. */
    public Outcome read(int pasid, long address) {
        return read(RID, pasid, address);
    }

    /** The device reads with an address that it says was translated. */
    public Outcome readTranslated(long address) {
        return read(RID, PasidPrefix.NONE, address, AddressType.TRANSLATED);
    }

    /** Another device does so. */
    public Outcome read(int requesterId, int pasid, long address) {
        return read(requesterId, pasid, address, AddressType.UNTRANSLATED);
    }

    private Outcome read(int requesterId, int pasid, long address, AddressType type) {
        Outcome outcome = new Outcome();
        Tlp.MemoryRequest request =
                new Tlp.MemoryRead(
                        requesterId,
                        0,
                        address,
                        64,
                        type,
                        pasid == PasidPrefix.NONE ? null : new PasidPrefix(pasid),
                        Attributes.DEFAULT);
        unit.translate(request, system.kernel().nowPs(), 0, outcome);
        return outcome;
    }

    /** What became of a read. */
    public static final class Outcome implements TranslationAgent.Reply {
        private Long output;
        private CompletionStatus refusal;

        @Override
        public void translated(long token, long address) {
            output = address;
        }

        @Override
        public void refused(long token, CompletionStatus status) {
            refusal = status;
        }

        /** Null if there is none yet. */
        public Long output() {
            return output;
        }

        /** Null if it was not refused. */
        public CompletionStatus refusal() {
            return refusal;
        }
    }

    /** Runs a call of the kernel to its end, with whatever else there is to do. */
    public void run(Call<?> call) {
        system.platform().scheduler().start("test", Priority.KERNEL, call);
        system.kernel().runUntilQuiet();
    }

    /** Runs until a step begins, to the microsecond. */
    public void runToStep(String label) {
        while (!recorder().steps().contains(label)) {
            runTo(system.kernel().nowPs() + 1_000_000);
        }
    }

    /** Runs up to and including a time. */
    public void runTo(long timePs) {
        system.kernel().run(timePs, Long.MAX_VALUE);
    }
}
