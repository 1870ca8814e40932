package svasim.pcie.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ErrorReportingTest {
    private static final LoggedHeader READ =
            LoggedHeader.of(HexFormat.of().parseHex("91012345200000103b0114ff00007f1234567000"));

    private final ConfigurationSpace space = new ConfigurationSpace();
    private final ErrorReporting errors = ErrorReporting.ofPort(space);
    private final int aer = space.findExtended(AerCapability.ID);

    private int word(int register) {
        return space.read(aer + register, Integer.BYTES);
    }

    private void write(int register, int value) {
        space.write(aer + register, Integer.BYTES, value);
    }

    @ParameterizedTest
    @EnumSource(PcieError.class)
    void shouldNoteEachErrorInItsOwnBit(PcieError error) {
        errors.found(error, null);

        int register =
                error.isCorrectable()
                        ? AerCapability.CORRECTABLE_STATUS
                        : AerCapability.UNCORRECTABLE_STATUS;
        assertEquals(error.bit(), word(register) & error.bit());
        write(register, error.bit());
        assertEquals(0, word(register) & error.bit(), "writing a one clears it");
    }

    @Test
    void shouldBeginWithTheSeveritiesOfTheSpecification() {
        int fatal = 1 << 4 | 1 << 5 | 1 << 13 | 1 << 17 | 1 << 18 | 1 << 22;

        assertEquals(fatal, word(AerCapability.UNCORRECTABLE_SEVERITY));
        assertEquals(0, word(AerCapability.UNCORRECTABLE_MASK));
        assertEquals(1 << 13, word(AerCapability.CORRECTABLE_MASK), "advisory errors are masked");
    }

    @Test
    void shouldReportWithTheSeverityThatSoftwareHasSet() {
        assertEquals(ErrorSeverity.NONFATAL, errors.found(PcieError.POISONED_TLP, null));
        assertEquals(ErrorSeverity.FATAL, errors.found(PcieError.MALFORMED_TLP, null));
        write(AerCapability.UNCORRECTABLE_SEVERITY, PcieError.POISONED_TLP.bit());
        assertEquals(ErrorSeverity.FATAL, errors.found(PcieError.POISONED_TLP, null));
        assertEquals(ErrorSeverity.NONFATAL, errors.found(PcieError.MALFORMED_TLP, null));
        assertEquals(ErrorSeverity.CORRECTABLE, errors.found(PcieError.BAD_TLP, null));
    }

    @Test
    void shouldLogPrefixAndHeaderOfTheFirstErrorOnly() {
        errors.found(PcieError.MALFORMED_TLP, READ);
        errors.found(PcieError.ECRC, null);

        int control = word(AerCapability.CONTROL);
        assertEquals(18, control & AerCapability.POINTER_MASK);
        assertEquals(AerCapability.PREFIX_PRESENT, control & AerCapability.PREFIX_PRESENT);
        assertEquals(0x20000010, word(AerCapability.HEADER_LOG));
        assertEquals(0x3B0114FF, word(AerCapability.HEADER_LOG + 4));
        assertEquals(0x34567000, word(AerCapability.HEADER_LOG + 12));
        assertEquals(0x91012345, word(AerCapability.PREFIX_LOG));
    }

    @Test
    void shouldLogAnewWhenSoftwareHasClearedTheFirstError() {
        errors.found(PcieError.MALFORMED_TLP, READ);
        write(AerCapability.UNCORRECTABLE_STATUS, -1);
        errors.found(PcieError.ECRC, null);

        assertEquals(19, word(AerCapability.CONTROL));
        assertEquals(0, word(AerCapability.HEADER_LOG));
    }

    @Test
    void shouldNeitherReportNorLogWhatIsMasked() {
        write(AerCapability.UNCORRECTABLE_MASK, PcieError.MALFORMED_TLP.bit());

        assertNull(errors.found(PcieError.MALFORMED_TLP, READ));
        assertEquals(0, word(AerCapability.HEADER_LOG));
        assertTrue((word(AerCapability.UNCORRECTABLE_STATUS) & 1 << 18) != 0, "it is noted");
    }

    @Test
    void shouldReportARefusedRequestAsAdvisoryIfSoftwareWantsThat() {
        assertNull(errors.found(PcieError.UNSUPPORTED_REQUEST, READ));
        write(AerCapability.CORRECTABLE_MASK, 0);

        assertEquals(ErrorSeverity.CORRECTABLE, errors.found(PcieError.UNSUPPORTED_REQUEST, READ));
        assertEquals(1 << 13, word(AerCapability.CORRECTABLE_STATUS));
        assertEquals(1 << 20, word(AerCapability.UNCORRECTABLE_STATUS));
    }

    @Test
    void shouldReportARefusedRequestAsFatalIfItsSeverityIs() {
        write(AerCapability.UNCORRECTABLE_SEVERITY, PcieError.UNSUPPORTED_REQUEST.bit());

        assertEquals(ErrorSeverity.FATAL, errors.found(PcieError.UNSUPPORTED_REQUEST, READ));
        assertEquals(0, word(AerCapability.CORRECTABLE_STATUS));
    }

    @Test
    void shouldShowInDeviceStatusWhatWasSeen() {
        errors.found(PcieError.BAD_DLLP, null);
        errors.found(PcieError.SURPRISE_DOWN, null);

        assertEquals(0b0101, space.read(ErrorReporting.DEVICE_STATUS, Short.BYTES));
        space.write(ErrorReporting.DEVICE_STATUS, Short.BYTES, 0b0101);
        assertEquals(0, space.read(ErrorReporting.DEVICE_STATUS, Short.BYTES));
    }

    @Test
    void shouldReportNothingThatDeviceControlDoesNotAllow() {
        space.write(ExpressCapability.DEVICE_CONTROL, Short.BYTES, 0b0001);

        assertEquals(ErrorSeverity.CORRECTABLE, errors.found(PcieError.BAD_TLP, null));
        assertNull(errors.found(PcieError.ECRC, null));
        assertNull(errors.found(PcieError.SURPRISE_DOWN, null));
    }

    @Test
    void shouldKeepTheFirstSourceOfEachKindAtTheRoot() {
        RootErrorCapability root = new RootErrorCapability(space, errors);

        assertFalse(root.received(ErrorSeverity.CORRECTABLE, 0x100), "no interrupt is wanted");
        root.received(ErrorSeverity.CORRECTABLE, 0x200);
        root.received(ErrorSeverity.FATAL, 0x300);
        root.received(ErrorSeverity.NONFATAL, 0x400);

        assertEquals(0x0300_0100, word(RootErrorCapability.SOURCE));
        assertEquals(0b111_1111, word(RootErrorCapability.STATUS));
        write(RootErrorCapability.STATUS, -1);
        assertEquals(0, word(RootErrorCapability.STATUS));
    }

    @Test
    void shouldInterruptForTheSeveritiesThatSoftwareWants() {
        RootErrorCapability root = new RootErrorCapability(space, errors);
        write(RootErrorCapability.COMMAND, 0b100);

        assertFalse(root.received(ErrorSeverity.CORRECTABLE, 1));
        assertFalse(root.received(ErrorSeverity.NONFATAL, 1));
        assertTrue(root.received(ErrorSeverity.FATAL, 1));
    }

    @Test
    void shouldReadAllOnesFromWhatIsGone() {
        space.reachable(false);

        assertEquals(-1, word(AerCapability.UNCORRECTABLE_STATUS));
        assertEquals(0xFFFF, space.read(0, Short.BYTES));
        assertEquals(0, space.findExtended(AerCapability.ID));
        write(AerCapability.UNCORRECTABLE_SEVERITY, 0);
        space.reachable(true);
        assertTrue(word(AerCapability.UNCORRECTABLE_SEVERITY) != 0, "a write is lost");
    }

    @Test
    void shouldTellOfALinkThatIsLost() {
        SlotRegisters slot = new SlotRegisters(space);

        assertFalse(slot.lost(), "no interrupt is wanted");
        assertEquals(
                SlotRegisters.LINK_CHANGED, space.read(SlotRegisters.SLOT_STATUS, Short.BYTES));
        assertEquals(0, space.read(SlotRegisters.LINK_STATUS, Short.BYTES));
        space.write(SlotRegisters.SLOT_CONTROL, Short.BYTES, SlotRegisters.INTERRUPTS);
        assertTrue(slot.lost());
    }

    @Test
    void shouldResetTheSecondaryBusWhenTheBitIsSet() {
        int[] resets = new int[1];
        ConfigurationSpace bridge = new ConfigurationSpace();
        BridgeHeader header = new BridgeHeader(bridge);
        header.onReset(() -> resets[0]++);

        bridge.write(BridgeHeader.BRIDGE_CONTROL, Short.BYTES, BridgeHeader.SECONDARY_BUS_RESET);
        bridge.write(BridgeHeader.BRIDGE_CONTROL, Short.BYTES, BridgeHeader.SECONDARY_BUS_RESET);
        assertEquals(1, resets[0], "held, not repeated");
        bridge.write(BridgeHeader.BRIDGE_CONTROL, Short.BYTES, 0);
        bridge.write(BridgeHeader.BRIDGE_CONTROL, Short.BYTES, BridgeHeader.SECONDARY_BUS_RESET);
        assertEquals(2, resets[0]);
    }
}
