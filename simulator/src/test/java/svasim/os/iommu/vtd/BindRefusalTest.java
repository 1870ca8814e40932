package svasim.os.iommu.vtd;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import svasim.iommu.vtd.VtdConfig;
import svasim.os.OsUnderTest;
import svasim.os.SimpleDevice;
import svasim.os.iommu.BindCondition;
import svasim.os.iommu.FeatureSubset;
import svasim.os.iommu.PciDevice;
import svasim.os.iommu.PciPath;
import svasim.os.procedure.Call;
import svasim.os.process.Process;
import svasim.os.program.Step;
import svasim.pcie.config.AtsCapability;
import svasim.pcie.config.ConfigurationSpace;
import svasim.pcie.config.PasidCapability;
import svasim.pcie.config.PriCapability;
import svasim.trace.Kind;

/** Each link of the chain of a bind, broken by itself (reference, 2.10 and 3.0). */
class BindRefusalTest {
    private static final Step OPEN = new Step.Open("dev0");
    private static final Step EXIT = new Step.Exit();

    static Stream<Arguments> units() {
        return Stream.of(
                Arguments.of("ECAP.SMTS", "no scalable mode (ECAP.SMTS)"),
                Arguments.of("ECAP.PASID", "does not take requests with PASID (ECAP.PASID)"),
                Arguments.of("ECAP.FSTS", "does not walk first-stage tables (ECAP.FSTS)"),
                Arguments.of("ECAP.DT", "does not support ATS (ECAP.DT)"),
                Arguments.of("ECAP.PRS", "does not take page requests (ECAP.PRS)"));
    }

    static Stream<Arguments> devices() {
        return Stream.of(
                Arguments.of(false, true, true, true, "dev0 has no PASID capability"),
                Arguments.of(true, false, true, true, "ATS is off at dev0"),
                Arguments.of(true, true, false, true, "dev0 cannot make page requests (PRI)"),
                Arguments.of(true, true, true, false, "responses to dev0 would lack the PASID"));
    }

    private static ConfigurationSpace space(
            boolean pasid, boolean ats, boolean pri, boolean responsesCarryPasid) {
        ConfigurationSpace space = new ConfigurationSpace();
        if (pasid) {
            new PasidCapability(space, 20, false, false);
        }
        if (ats) {
            new AtsCapability(space, 32, false);
        }
        if (pri) {
            new PriCapability(space, 32, responsesCarryPasid);
        }
        return space;
    }

    private static void assertRefused(VtdUnderTest test, String reason) {
        Process app = test.system().process("app", "", OPEN, EXIT);

        test.system().run();

        assertEquals(1, app.failures().size());
        assertTrue(app.failures().get(0).contains(reason), app.failures().get(0));
        assertEquals(1, test.recorder().of(Kind.BIND_REFUSED).size());
        assertTrue(test.recorder().of(Kind.PASID_ALLOCATED).isEmpty());
        assertTrue(test.recorder().of(Kind.BOUND).isEmpty());
        assertTrue(app.hasEnded());
    }

    @ParameterizedTest
    @MethodSource("units")
    void shouldNameWhatTheUnitLacks(String feature, String reason) {
        VtdConfig config = VtdConfig.defaults().withFeatures(Map.of(feature, 0L));

        assertRefused(
                new VtdUnderTest(new OsUnderTest.Setup(), config, OsUnderTest.capable(20)), reason);
    }

    @ParameterizedTest
    @MethodSource("devices")
    void shouldNameWhatTheDeviceLacks(
            boolean pasid, boolean ats, boolean pri, boolean carries, String reason) {
        ConfigurationSpace space = space(pasid, ats, pri, carries);

        assertRefused(
                new VtdUnderTest(new OsUnderTest.Setup(), VtdConfig.defaults(), space), reason);
    }

    @Test
    void shouldNameThePortWithoutPrefixes() {
        assertRefused(
                new VtdUnderTest(
                        new OsUnderTest.Setup(),
                        VtdConfig.defaults(),
                        OsUnderTest.capable(20),
                        PciPath.behindPort(false)),
                "a port above dev0 does not pass End-End TLP prefixes");
    }

    @Test
    void shouldSayThatThereIsNoIommu() {
        OsUnderTest system = OsUnderTest.plain();
        PciDevice device =
                system.os()
                        .addDevice(
                                "dev0", 0x0100, OsUnderTest.capable(20), PciPath.INTEGRATED, null);
        system.os().add(new SimpleDevice(device, null, system.os().sva()), Call.nothing());
        Process app = system.process("app", "", OPEN, EXIT);

        system.run();

        assertEquals(List.of("main: open dev0: no IOMMU translates for dev0"), app.failures());
    }

    @Test
    void shouldHaveEveryLinkOfAGoodChainHold() {
        var test = VtdUnderTest.plain();
        test.system().run();

        List<BindCondition> chain =
                test.driver().bindConditions(test.device(), FeatureSubset.FULL_SVA);

        assertTrue(chain.stream().allMatch(BindCondition::holds), chain::toString);
        assertTrue(chain.size() >= 11);
    }

    @Test
    void shouldNotHoldBeforeTheUnitIsProbed() {
        var test = VtdUnderTest.plain();

        List<BindCondition> chain =
                test.driver().bindConditions(test.device(), FeatureSubset.FULL_SVA);

        assertEquals(1, chain.size());
        assertFalse(chain.get(0).holds());
        assertEquals("iommu0 has not been probed", chain.get(0).refusal());
    }

    @Test
    void shouldRefuseWhenAllNumbersOfNarrowDeviceAreTaken() {
        var test =
                new VtdUnderTest(
                        new OsUnderTest.Setup(), VtdConfig.defaults(), OsUnderTest.capable(1));
        test.system().process("first", "", OPEN, new Step.AwaitProcess("second"), EXIT);
        Process second =
                test.system()
                        .process(
                                "second",
                                "",
                                new Step.Sleep(svasim.units.Picoseconds.ofMicros(50)),
                                OPEN,
                                EXIT);

        test.system().run();

        assertEquals(
                List.of("main: open dev0: no PASID is free below 2 (-ENOSPC)"), second.failures());
    }

    @Test
    void shouldBeLimitedByTheNarrowerOfUnitAndDevice() {
        VtdConfig narrow = VtdConfig.defaults().withFeatures(Map.of("ECAP.PSS", 7L));
        assertEquals(1 << 8, limit(narrow, 20));
        assertEquals(1 << 5, limit(narrow, 5));
        assertEquals(1 << 20, limit(VtdConfig.defaults(), 20));
    }

    private static int limit(VtdConfig config, int deviceBits) {
        var test =
                new VtdUnderTest(new OsUnderTest.Setup(), config, OsUnderTest.capable(deviceBits));
        test.system().run();
        return test.driver().pasidLimit(test.device());
    }
}
