package svasim.os.iommu;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import svasim.os.OsUnderTest;
import svasim.os.Recorder;
import svasim.os.defect.Defect;
import svasim.os.process.Process;
import svasim.os.program.Step;
import svasim.paging.Access;
import svasim.pcie.config.AtsCapability;
import svasim.pcie.config.ConfigurationSpace;
import svasim.pcie.tlp.CompletionStatus;
import svasim.pcie.tlp.PasidPrefix;
import svasim.trace.Kind;
import svasim.units.Picoseconds;

/** What the driver of every IOMMU does for a device and the DMA API. */
public abstract class DriverContract {
    protected static final Step OPEN = new Step.Open("dev0");
    protected static final Step EXIT = new Step.Exit();
    protected static final Step LONG = new Step.Sleep(Picoseconds.ofMicros(1_000));
    protected static final long MIDDLE_PS = Picoseconds.ofMicros(500).value();
    protected static final IommuOptions LAZY = IommuOptions.of(DomainType.DMA_FQ);

    /** Unit and driver with every default, and a device that can do everything. */
    protected abstract DriverUnderTest.Parts parts(OsUnderTest.Setup setup);

    protected final DriverUnderTest.Parts plainParts() {
        return parts(new OsUnderTest.Setup());
    }

    protected final DriverUnderTest plain() {
        return new DriverUnderTest(plainParts());
    }

    protected final DriverUnderTest with(Defect defect) {
        return new DriverUnderTest(parts(new OsUnderTest.Setup().defect(defect)));
    }

    /** A process with this buffer, bound and asleep. */
    protected final Process bound(DriverUnderTest test, String buffer) {
        Process app = test.system().process("app", buffer, OPEN, LONG, EXIT);
        test.system().os().boot();
        test.runTo(MIDDLE_PS);
        return app;
    }

    @Test
    void shouldLeaveNothingUnderWayAfterProbing() {
        var test = plain();

        test.system().run();

        assertEquals("", test.unit().waitingFor());
    }

    protected final void assertRefused(String reason, ConfigurationSpace space, PciPath path) {
        assertRefused(reason, plainParts().with(space, path));
    }

    protected final void assertRefused(String reason, DriverUnderTest.Parts parts) {
        var test = new DriverUnderTest(parts);
        Process app = test.system().process("app", "", OPEN, EXIT);

        test.system().run();

        assertTrue(app.failures().get(0).contains(reason), app.failures().get(0));
    }

    @Test
    void shouldMapDmaBuffersOfBothPageSizes() {
        assertDmaApi(plainParts(), 12);
        assertDmaApi(plainParts(), 21);
    }

    @Test
    void shouldMapDmaBuffersOfDeviceWithoutPasid() {
        ConfigurationSpace space = new ConfigurationSpace();
        new AtsCapability(space, 32, false);

        assertDmaApi(plainParts().with(space, PciPath.INTEGRATED), 12);
    }

    protected static void assertDmaApi(DriverUnderTest.Parts parts, int pageShift) {
        var test = new DriverUnderTest(parts);
        test.system().run();
        DmaBuffer buffer = new DmaBuffer(test.device(), 3L << pageShift, pageShift);

        test.run(test.driver().dma().map(buffer));
        long last = buffer.bytes() - 8;
        long iova = buffer.iova();
        var seen = test.explain(PasidPrefix.NONE, iova + last, Access.WRITE);
        assertEquals(buffer.physical(last), seen.address());

        test.run(test.driver().dma().unmap(buffer));
        assertFalse(test.explain(PasidPrefix.NONE, iova, Access.READ).translated());
    }

    @Test
    void shouldReachBufferOfDmaApiUntilItIsUnmapped() {
        var test = plain();
        test.system().run();
        DmaBuffer buffer = new DmaBuffer(test.device(), 4096, 12);
        test.run(test.driver().dma().map(buffer));
        long iova = buffer.iova();
        long physical = buffer.physical(0);

        var before = test.read(PasidPrefix.NONE, iova);
        test.system().kernel().runUntilQuiet();
        test.run(test.driver().dma().unmap(buffer));
        var after = test.read(PasidPrefix.NONE, iova);
        test.system().kernel().runUntilQuiet();

        assertEquals(physical, before.output());
        assertEquals(CompletionStatus.UNSUPPORTED_REQUEST, after.refusal());
    }

    @Test
    void shouldMapAndUnmapMoreOftenThanAnyQueueHolds() {
        var test = plain();
        test.system().run();
        DmaBuffer buffer = new DmaBuffer(test.device(), 3 * 4096, 12);

        for (int i = 0; i < 300; i++) {
            test.run(test.driver().dma().map(buffer));
            test.run(test.driver().dma().unmap(buffer));
        }

        assertEquals("", test.unit().waitingFor());
    }

    private DriverUnderTest booted(DomainType type) {
        var test = new DriverUnderTest(plainParts().with(IommuOptions.of(type)));
        test.system().run();
        return test;
    }

    private static DriverUnderTest.Outcome readNow(DriverUnderTest test, long address) {
        var outcome = test.read(PasidPrefix.NONE, address);
        test.system().kernel().runUntilQuiet();
        return outcome;
    }

    @Test
    void shouldUsePhysicalAddressesInIdentityDomain() {
        var test = booted(DomainType.IDENTITY);
        DmaBuffer buffer = new DmaBuffer(test.device(), 8192, 12);

        test.run(test.driver().dma().map(buffer));

        assertEquals(buffer.physical(4096), buffer.iova() + 4096);
        assertEquals(buffer.physical(0), readNow(test, buffer.iova()).output());
    }

    @Test
    void shouldRefuseEveryRequestOfBlockedDevice() {
        var test = booted(DomainType.BLOCKED);
        DmaBuffer buffer = new DmaBuffer(test.device(), 4096, 12);

        test.run(test.driver().dma().map(buffer));

        assertNotNull(readNow(test, buffer.iova()).refusal());
    }

    @Test
    void shouldForgetTranslationsOfTheDomainThatADeviceLeaves() {
        var test = booted(DomainType.DMA);
        DmaBuffer buffer = new DmaBuffer(test.device(), 4096, 12);
        test.run(test.driver().dma().map(buffer));
        readNow(test, buffer.iova());

        test.run(test.driver().attach(test.device(), DomainType.BLOCKED));
        assertNotNull(readNow(test, buffer.iova()).refusal());

        test.run(test.driver().attach(test.device(), DomainType.IDENTITY));
        assertEquals(buffer.iova(), readNow(test, buffer.iova()).output());

        test.run(test.driver().attach(test.device(), DomainType.DMA));
        assertEquals(buffer.physical(0), readNow(test, buffer.iova()).output());
    }

    @Test
    void shouldShareOneDomainInAGroup() {
        PciPath open = new PciPath("rp0", true, false, true, false);
        var test = new DriverUnderTest(plainParts().with(OsUnderTest.capable(20), open));
        PciDevice other =
                test.system()
                        .os()
                        .addDevice("dev1", 0x0101, OsUnderTest.capable(20), open, test.driver());
        test.system().run();
        DmaBuffer buffer = new DmaBuffer(test.device(), 4096, 12);
        test.run(test.driver().dma().map(buffer));

        var seen = test.unit().explain(0x0101, PasidPrefix.NONE, buffer.iova(), Access.READ);

        assertSame(test.device().group(), other.group());
        assertEquals(buffer.physical(0), seen.address());
        assertFalse(other.features().pasidEnabled());
    }

    @Test
    void shouldLeaveNothingOfAReleasedDevice() {
        var test = booted(DomainType.DMA);
        DmaBuffer buffer = new DmaBuffer(test.device(), 4096, 12);
        test.run(test.driver().dma().map(buffer));
        long iova = buffer.iova();
        readNow(test, iova);

        test.run(ReleaseDevice.call(test.device()));

        assertNotNull(readNow(test, iova).refusal());
        assertFalse(test.device().features().atsEnabled());
        assertFalse(test.device().features().pasidEnabled());
        assertEquals(List.of(), test.device().group().devices());
        assertEquals("", test.unit().waitingFor());
    }

    @Test
    void shouldBlockADeviceBeforeItsFunctionLevelReset() {
        var test = booted(DomainType.DMA);

        test.run(ResetDevice.call(test.device(), test.system().platform()));

        List<String> steps = test.recorder().steps();
        int blocked = steps.indexOf("pci_reset_function/attach blocked domain");
        int reset = steps.indexOf("pci_reset_function/Initiate Function Level Reset");
        int attached = steps.indexOf("pci_reset_function/attach default domain");
        assertTrue(0 <= blocked && blocked < reset && reset < attached);
        assertEquals("", test.unit().waitingFor());
    }

    @Test
    void shouldReachBuffersOfTheDmaApiAfterReset() {
        var test = booted(DomainType.DMA);
        DmaBuffer buffer = new DmaBuffer(test.device(), 4096, 12);
        test.run(test.driver().dma().map(buffer));

        test.run(ResetDevice.call(test.device(), test.system().platform()));

        assertEquals(buffer.physical(0), readNow(test, buffer.iova()).output());
    }

    /** Index of the first observation of a kind behind another one. */
    protected static int after(Recorder recorder, int index, Kind kind) {
        List<Recorder.Seen> all = recorder.all();
        for (int i = index; i < all.size(); i++) {
            if (all.get(i).kind() == kind) {
                return i;
            }
        }
        return Integer.MAX_VALUE;
    }
}
