package svasim.os.pci;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import svasim.os.OsUnderTest;
import svasim.os.SimpleDevice;
import svasim.os.SimpleIommu;
import svasim.os.iommu.PciDevice;
import svasim.os.procedure.Call;
import svasim.pcie.config.AerCapability;
import svasim.pcie.config.BridgeHeader;
import svasim.pcie.config.ConfigurationSpace;
import svasim.pcie.config.ErrorReporting;
import svasim.pcie.config.ErrorSeverity;
import svasim.pcie.config.PortExpressCapability;
import svasim.pcie.config.RootErrorCapability;
import svasim.pcie.config.SlotRegisters;
import svasim.trace.Kind;

/** What the driver of a port does when its device goes or has failed. */
class PortTest {
    private final OsUnderTest system = OsUnderTest.plain();
    private final SimpleIommu iommu = new SimpleIommu();
    private final List<String> notes = new ArrayList<>();
    private final List<String> removed = new ArrayList<>();
    private final ConfigurationSpace space = new ConfigurationSpace();
    private final BridgeHeader header = new BridgeHeader(space);
    private final ErrorReporting errors = errors();
    private final SlotRegisters slot = new SlotRegisters(space);
    private final RootErrorCapability root = new RootErrorCapability(space, errors);
    private PciDevice first;
    private PciDevice second;

    @BeforeEach
    void addDevices() {
        first = device("first", 0x0100);
        second = device("second", 0x0101);
    }

    private ErrorReporting errors() {
        new PortExpressCapability(space, PortExpressCapability.Type.ROOT_PORT, true, 0);
        return ErrorReporting.ofPort(space);
    }

    private PciDevice device(String name, int requesterId) {
        SimpleDevice device = system.device(name, requesterId, iommu);
        device.device().errorHandlers(new NotedHandlers(name, notes));
        return device.device();
    }

    @Test
    void shouldStopADeviceBeforeAResetAndSetItUpBehind() {
        system.run();
        iommu.done().clear();

        system.finish(ResetFunction.call(first, system.platform()));

        assertEquals(List.of("first prepares", "first is done"), notes);
        assertTrue(iommu.done().stream().anyMatch(step -> step.startsWith("attach")));
        system.recorder()
                .assertOrder(
                        "reset_store/reset_prepare",
                        "pci_reset_function/Initiate Function Level Reset");
        system.recorder()
                .assertOrder(
                        "pci_reset_function/Initiate Function Level Reset",
                        "reset_store/reset_done");
    }

    /** Each step of all devices before the next one of any. */
    @Test
    void shouldTellAllDriversBehindAPortOfAFatalError() {
        PortDriver driver = port(List.of(first, second));
        system.run();

        fail(driver, ErrorSeverity.FATAL);

        assertEquals(
                List.of(
                        "first has failed",
                        "second has failed",
                        "first is set up",
                        "second is set up",
                        "first resumes",
                        "second resumes"),
                notes);
        assertEquals(1, system.recorder().of(Kind.ERROR_LOGGED).size());
    }

    @Test
    void shouldResetTheBusOfADeviceThatIsAloneThere() {
        int[] resets = new int[1];
        header.onReset(() -> resets[0]++);
        PortDriver driver = port(List.of(first));
        system.run();

        fail(driver, ErrorSeverity.FATAL);

        assertEquals(1, resets[0]);
        system.recorder()
                .assertOrder(
                        "aer_isr/report_frozen_detected",
                        "pci_bus_error_reset/Secondary Bus Reset");
        system.recorder()
                .assertOrder("pci_bus_error_reset/admit new bonds", "aer_isr/report_slot_reset");
    }

    @Test
    void shouldOnlyLogAnErrorThatIsNotFatal() {
        PortDriver driver = port(List.of(first));
        system.run();

        fail(driver, ErrorSeverity.NONFATAL);

        assertEquals(List.of(), notes);
        assertEquals(1, system.recorder().of(Kind.ERROR_LOGGED).size());
        assertEquals(
                0,
                space.read(space.findExtended(AerCapability.ID) + RootErrorCapability.STATUS, 4));
    }

    @Test
    void shouldRemoveOnlyDevicesThatAnswerNoMoreWhenALinkGoes() {
        PortDriver driver = port(List.of(first, second));
        system.run();
        second.features().space().reachable(false);

        slot.lost();
        driver.interrupt(0);
        system.finish(Call.nothing());

        assertEquals(List.of("second"), removed);
        assertFalse(first.isDisconnected());
        assertTrue(second.isDisconnected());
    }

    @Test
    void shouldRemoveADeviceOnceHoweverOftenItsLinkGoes() {
        PortDriver driver = port(List.of(second));
        system.run();
        second.features().space().reachable(false);

        for (int i = 0; i < 2; i++) {
            slot.lost();
            driver.interrupt(0);
            system.finish(Call.nothing());
        }

        assertEquals(List.of("second"), removed);
    }

    private void fail(PortDriver driver, ErrorSeverity severity) {
        root.received(severity, first.requesterId());
        driver.interrupt(0);
        system.finish(Call.nothing());
    }

    private PortDriver port(List<PciDevice> behind) {
        PciePort port = new PciePort("rp0", true, space, 40, () -> behind, requesterId -> space);
        return new PortDriver(
                port,
                system.platform(),
                device -> {
                    removed.add(device.name());
                    return Call.nothing();
                });
    }
}
