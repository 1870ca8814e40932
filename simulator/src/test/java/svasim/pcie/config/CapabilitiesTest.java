package svasim.pcie.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class CapabilitiesTest {
    private final ConfigurationSpace space = new ConfigurationSpace();

    @Test
    void shouldChainExtendedCapabilities() {
        new AtsCapability(space, 32, true);
        new PriCapability(space, 64, true);
        new PasidCapability(space, 20, true, true);

        assertEquals(0x1101000F, space.read(0x100, 4), "ATS version 1, next at 0x110");
        assertEquals(0x100, space.findExtended(AtsCapability.ID));
        assertEquals(0x110, space.findExtended(PriCapability.ID));
        assertEquals(0x120, space.findExtended(PasidCapability.ID));
        assertEquals(0, space.findExtended(0x0010));
        assertEquals(0, space.read(0x120, 4) >>> 20, "the last has no next");
    }

    @Test
    void shouldFindNothingInAnEmptySpace() {
        assertEquals(0, space.findExtended(AtsCapability.ID));
    }

    @Test
    void shouldLayOutAts() {
        AtsCapability ats = new AtsCapability(space, 32, true);

        assertEquals(0x0060, space.read(0x104, 2), "queue of 32, page aligned, global");
        space.write(0x106, 2, 0xFFFF);
        assertEquals(0x801F, space.read(0x106, 2), "enable and five bits of STU");
        assertTrue(ats.enabled());
    }

    @Test
    void shouldEnableAtsWithItsTranslationUnit() {
        AtsCapability ats = new AtsCapability(space, 8, false);
        assertEquals(0x0028, space.read(0x104, 2));

        space.write(0x106, 2, 0x8004);
        assertEquals(16, ats.translationUnitShift());
        space.write(0x106, 2, 0x8000);
        assertEquals(16, ats.translationUnitShift(), "fixed while enabled");
        space.write(0x106, 2, 0);
        space.write(0x106, 2, 0x8000);
        assertEquals(12, ats.translationUnitShift());
    }

    @Test
    void shouldTellOfChangesOfAtsOnly() {
        AtsCapability ats = new AtsCapability(space, 32, false);
        List<Boolean> changes = new ArrayList<>();
        ats.onChange(() -> changes.add(ats.enabled()));

        space.write(0x106, 2, 0x8000);
        space.write(0x106, 2, 0x8000);
        space.write(0x104, 2, 0xFFFF);
        space.write(0x106, 2, 0);

        assertEquals(List.of(true, false), changes);
        assertEquals(0x0020, space.read(0x104, 2), "read-only");
    }

    @Test
    void shouldLayOutPasid() {
        PasidCapability pasid = new PasidCapability(space, 20, true, true);

        assertEquals(0x1406, space.read(0x104, 2));
        space.write(0x106, 2, 0xFFFF);
        assertEquals(0x0007, space.read(0x106, 2));
        assertTrue(pasid.enabled() && pasid.executeEnabled() && pasid.privilegedEnabled());
        assertEquals(20, pasid.width());
    }

    @Test
    void shouldNotEnableWhatIsNotSupported() {
        PasidCapability pasid = new PasidCapability(space, 16, false, false);
        space.write(0x106, 2, 0x0007);

        assertEquals(0x0001, space.read(0x106, 2));
        assertFalse(pasid.executeEnabled());
    }

    @Test
    void shouldNotChangePasidWhileAtsIsEnabled() {
        AtsCapability ats = new AtsCapability(space, 32, false);
        PasidCapability pasid = new PasidCapability(space, 20, true, true);
        pasid.lockedWhile(ats::enabled);
        int control = space.findExtended(PasidCapability.ID) + PasidCapability.CONTROL;

        space.write(0x106, 2, 0x8000);
        space.write(control, 2, 0x0001);
        assertFalse(pasid.enabled());

        space.write(0x106, 2, 0);
        space.write(control, 2, 0x0001);
        space.write(0x106, 2, 0x8000);
        space.write(control, 2, 0);
        assertTrue(pasid.enabled());
    }

    @Test
    void shouldLayOutPri() {
        PriCapability pri = new PriCapability(space, 128, true);

        assertEquals(0x8100, space.read(0x106, 2), "stopped, PASID required");
        assertEquals(128, space.read(0x108, 4));
        space.write(0x10C, 4, 32);
        space.write(0x104, 2, 0x0001);
        assertEquals(0x0001, space.read(0x104, 2));
        assertEquals(32, pri.allocation());
        space.write(0x10C, 4, 64);
        assertEquals(32, pri.allocation(), "fixed while enabled");
    }

    @Test
    void shouldAllocateNoMoreThanItsCapacity() {
        PriCapability pri = new PriCapability(space, 128, true);
        space.write(0x10C, 4, -1);

        assertEquals(128, pri.allocation());
    }

    @Test
    void shouldClearPriErrorsByWritingOne() {
        PriCapability pri = new PriCapability(space, 128, false);
        pri.fail(PriCapability.RESPONSE_FAILURE);
        pri.fail(PriCapability.UNEXPECTED_GROUP);
        assertEquals(0x0103, space.read(0x106, 2));
        assertTrue(pri.failed());

        space.write(0x106, 2, 0x0001);
        assertEquals(0x0102, space.read(0x106, 2));
        space.write(0x106, 2, 0x0002);
        assertFalse(pri.failed());
    }

    @Test
    void shouldResetPriOnlyWhileDisabled() {
        PriCapability pri = new PriCapability(space, 128, false);
        List<String> resets = new ArrayList<>();
        pri.add(
                new PriCapability.User() {
                    @Override
                    public void enableChanged() {}

                    @Override
                    public void resetRequested() {
                        resets.add("reset");
                    }

                    @Override
                    public void failed() {}
                });

        space.write(0x104, 2, PriCapability.ENABLE | PriCapability.RESET);
        assertEquals(List.of(), resets);
        space.write(0x104, 2, PriCapability.RESET);
        assertEquals(List.of("reset"), resets);
        assertEquals(0, space.read(0x104, 2), "reads as 0");
    }

    @Test
    void shouldCodePacketSizesInDeviceControl() {
        ExpressCapability express = new ExpressCapability(space, 256, 512);
        assertEquals(256, express.maxPayload());
        assertEquals(512, express.maxReadRequest());
        assertEquals(256, express.tags());
        assertEquals(ExpressCapability.OFFSET, space.read(0x34, 1));
        assertEquals(ExpressCapability.ID, space.read(0x40, 1));

        space.write(ExpressCapability.DEVICE_CONTROL, 2, 5 << 12 | 3 << 5);
        assertEquals(1024, express.maxPayload());
        assertEquals(4096, express.maxReadRequest());
        assertEquals(32, express.tags());
        assertTrue(
                (space.read(ExpressCapability.DEVICE_CAPABILITIES_2, 4)
                                & ExpressCapability.END_END_PREFIXES)
                        != 0);
    }

    @Test
    void shouldStartAFunctionLevelReset() {
        ExpressCapability express = new ExpressCapability(space, 256, 512);
        List<String> resets = new ArrayList<>();
        express.onReset(() -> resets.add("reset"));

        space.write(ExpressCapability.DEVICE_CONTROL, 2, ExpressCapability.INITIATE_RESET);

        assertEquals(List.of("reset"), resets);
        int control = space.read(ExpressCapability.DEVICE_CONTROL, 2);
        assertEquals(0, control & ExpressCapability.INITIATE_RESET, "reads as 0");
    }

    @Test
    void shouldWriteSingleBytes() {
        PriCapability pri = new PriCapability(space, 0x1000, false);
        space.write(0x10D, 1, 0x02);

        assertEquals(0x200, pri.allocation());
        assertEquals(0x02, space.read(0x10D, 1));
    }
}
