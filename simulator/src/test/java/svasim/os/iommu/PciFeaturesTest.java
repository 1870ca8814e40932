package svasim.os.iommu;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import svasim.pcie.config.AtsCapability;
import svasim.pcie.config.ConfigurationSpace;
import svasim.pcie.config.PasidCapability;
import svasim.pcie.config.PriCapability;

/** Capabilities as the operating system reads and switches them. */
class PciFeaturesTest {
    private final ConfigurationSpace space = new ConfigurationSpace();

    @Test
    void shouldFindNothingInEmptyConfigurationSpace() {
        PciFeatures features = new PciFeatures(space, PciPath.INTEGRATED);

        assertFalse(features.hasPasid() || features.hasAts() || features.hasPri());
        assertFalse(features.pasidEnabled() || features.atsEnabled() || features.priEnabled());
        assertEquals(0, features.pasidWidth());
        assertFalse(features.responsesCarryPasid());
    }

    @Test
    void shouldReadWidthAndQueueDepth() {
        new PasidCapability(space, 17, false, false);
        new AtsCapability(space, 32, false);
        PciFeatures features = new PciFeatures(space, PciPath.INTEGRATED);

        assertEquals(17, features.pasidWidth());
        assertEquals(32, features.invalidateQueueDepth());
    }

    @Test
    void shouldSwitchCapabilitiesOnAndOff() {
        PasidCapability pasid = new PasidCapability(space, 20, false, false);
        AtsCapability ats = new AtsCapability(space, 16, false);
        PriCapability pri = new PriCapability(space, 64, true);
        PciFeatures features = new PciFeatures(space, PciPath.INTEGRATED);

        features.enablePasid();
        features.enableAts();
        features.enablePri(32);
        assertTrue(pasid.enabled() && ats.enabled() && pri.enabled());
        assertTrue(features.pasidEnabled() && features.atsEnabled() && features.priEnabled());
        assertEquals(32, pri.allocation());

        features.disablePri();
        features.disableAts();
        features.disablePasid();
        assertFalse(pasid.enabled() || ats.enabled() || pri.enabled());
    }

    @Test
    void shouldAllowNoMoreRequestsThanDeviceCanHave() {
        PriCapability pri = new PriCapability(space, 8, true);
        PciFeatures features = new PciFeatures(space, PciPath.INTEGRATED);

        features.enablePri(2048);

        assertEquals(8, pri.allocation());
    }

    @Test
    void shouldKnowByItsNumberAFunctionThatNeedsTwoFlushes() {
        PciFeatures features = new PciFeatures(space, PciPath.INTEGRATED);
        assertFalse(features.needsExtraFlush());

        space.identify(0x8086, 0x4942);
        assertTrue(features.needsExtraFlush());
        space.identify(0x8086, 0x4944);
        assertFalse(features.needsExtraFlush(), "the next device ID");
        space.identify(0x1022, 0x4940);
        assertFalse(features.needsExtraFlush(), "another vendor");
    }

    /** Neither is as good as absent for who may use it, and the capabilities stay off. */
    @Test
    void shouldLeaveAtsAndPriOfAnUntrustedFunctionAlone() {
        new PasidCapability(space, 20, false, false);
        AtsCapability ats = new AtsCapability(space, 16, false);
        PriCapability pri = new PriCapability(space, 64, true);
        PciFeatures features = new PciFeatures(space, PciPath.INTEGRATED);
        assertTrue(features.hasAts() && features.hasPri());

        features.distrust();

        assertTrue(features.isUntrusted());
        assertFalse(features.hasAts() || features.hasPri());
        assertFalse(ats.enabled() || pri.enabled());
        assertTrue(features.hasPasid(), "a PASID says nothing of addresses");
        assertEquals(20, features.pasidWidth());
    }

    /** Whoever translates no addresses itself may be stalled instead. */
    @Test
    void shouldStallAnUntrustedFunctionThatCouldHaveUsedAts() {
        new AtsCapability(space, 16, false);
        PciFeatures features = new PciFeatures(space, PciPath.INTEGRATED);
        assertFalse(features.mayStall(true));

        features.distrust();

        assertTrue(features.mayStall(true));
    }
}
