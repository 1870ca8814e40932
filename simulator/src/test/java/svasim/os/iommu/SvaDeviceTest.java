package svasim.os.iommu;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import svasim.os.OsUnderTest;
import svasim.os.SimpleDevice;

/** A device that its driver makes ready for address spaces of processes, and gives back. */
class SvaDeviceTest {
    private OsUnderTest system;
    private SimpleDevice dev0;

    @BeforeEach
    void boot() {
        system = new OsUnderTest.Setup().policy("sva-ops").build();
        dev0 = system.device("dev0");
        system.run();
    }

    private PciFeatures features() {
        return dev0.device().features();
    }

    private void init() {
        system.finish(SvaDevice.init(dev0.device(), system.platform().defects()));
    }

    @Test
    void shouldOnlyNoteWhatProbeFindsUsable() {
        features().enablePasid(false);
        features().enableAts();
        features().enablePri(8);

        assertFalse(features().pasidEnabled());
        assertTrue(features().atsEnabled());
        assertFalse(features().priEnabled());
    }

    @Test
    void shouldSwitchOnWhatWasFoundUsable() {
        features().enablePasid(false);
        features().enableAts();
        features().enablePri(8);

        init();

        assertTrue(features().pasidEnabled());
        assertTrue(features().atsEnabled());
        assertEquals(8, features().enabled().pageRequests());
    }

    @Test
    void shouldSwitchOnNothingThatIsNotUsable() {
        features().enableAts();

        init();

        assertFalse(features().pasidEnabled());
        assertFalse(features().priEnabled());
    }

    @Test
    void shouldLeaveAtsAloneAtShutdown() {
        features().enablePasid(false);
        features().enableAts();
        features().enablePri(8);
        init();

        system.finish(SvaDevice.shutdown(dev0.device(), system.platform().defects()));

        assertFalse(features().pasidEnabled());
        assertTrue(features().atsEnabled());
        assertFalse(features().priEnabled());
    }
}
