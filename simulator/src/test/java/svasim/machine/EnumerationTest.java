package svasim.machine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import svasim.kernel.Choices;
import svasim.pcie.config.BridgeHeader;
import svasim.pcie.config.ConfigurationSpace;
import svasim.pcie.endpoint.VirtualFunctionsConfig;
import svasim.pcie.fabric.RootPortConfig;
import svasim.pcie.fabric.SwitchConfig;
import svasim.pcie.fabric.SwitchPort;
import svasim.pcie.fabric.SwitchPortConfig;

/** Ports, switches and their buses, and what a description of them must not say. */
class EnumerationTest {
    private static SwitchConfig below(String port, String... ports) {
        Map<String, SwitchPortConfig> own = new TreeMap<>();
        for (String name : ports) {
            own.put(name, new SwitchPortConfig());
        }
        return new SwitchConfig(port, null, null, null, null, own);
    }

    private static MachineConfig machine(Map<String, SwitchConfig> switches) {
        return new MachineConfig(
                null,
                null,
                null,
                null,
                IommuConfig.of(IommuConfig.Unit.VTD),
                Map.of("rp0", new RootPortConfig(), "rp1", new RootPortConfig()),
                switches,
                null);
    }

    private static Enumeration found(Map<String, SwitchConfig> switches) {
        MachineConfig config = machine(switches);
        MachineConfig bare =
                new MachineConfig(null, null, null, null, config.iommu(), null, null, null);
        Hardware hardware = new Hardware(bare, 0, Choices.PLAIN);
        return new Enumeration(config, hardware.rootComplex(), hardware.units(), hardware.host());
    }

    private static void assertBuses(int primary, int secondary, int last, ConfigurationSpace of) {
        assertEquals(primary, of.read(BridgeHeader.PRIMARY_BUS, 1));
        assertEquals(secondary, of.read(BridgeHeader.SECONDARY_BUS, 1));
        assertEquals(last, of.read(BridgeHeader.SUBORDINATE_BUS, 1));
    }

    @Test
    void shouldGiveEachRootPortABusInTheOrderOfNames() {
        Enumeration found = found(Map.of());

        assertEquals(0x0100, found.nextFunction("rp0"));
        assertEquals(0x0101, found.nextFunction("rp0"));
        assertEquals(0x0200, found.nextFunction("rp1"));
        assertEquals(0x6A08, found.nextFunction(null));
        assertEquals(0x6A10, found.nextFunction(null));
    }

    @Test
    void shouldNumberBusesDepthFirst() {
        Enumeration found =
                found(Map.of("sw0", below("rp0", "a", "b"), "sw1", below("sw0.a", "c")));

        assertEquals(0x0500, found.nextFunction("sw1.c"));
        assertEquals(0x0600, found.nextFunction("sw0.b"));
        assertEquals(0x0700, found.nextFunction("rp1"));
        assertBuses(2, 3, 5, ((SwitchPort) found.port("sw0.a", "x")).configuration());
        assertBuses(4, 5, 5, ((SwitchPort) found.port("sw1.c", "x")).configuration());
        assertBuses(2, 6, 6, ((SwitchPort) found.port("sw0.b", "x")).configuration());
    }

    private static void assertRefused(String words, Map<String, SwitchConfig> switches) {
        Exception refusal = assertThrows(IllegalArgumentException.class, () -> machine(switches));
        assertTrue(refusal.getMessage().contains(words), refusal.getMessage());
    }

    @Test
    void shouldNameThePortsThatThereAre() {
        assertRefused("[rp0, rp1, sw0.a]", Map.of("sw0", below("rp7", "a")));
        assertRefused("one of the ports", Map.of("sw0", below(null, "a")));
    }

    @Test
    void shouldRefuseTwoSwitchesAtOnePort() {
        assertRefused("of its own", Map.of("sw0", below("rp0", "a"), "sw1", below("rp0", "a")));
    }

    @Test
    void shouldRefuseSwitchesInACircle() {
        assertRefused("a way up", Map.of("sw0", below("sw1.a", "a"), "sw1", below("sw0.a", "a")));
    }

    @Test
    void shouldRefuseADeviceInThePlaceOfASwitch() {
        Map<String, SwitchConfig> switches = Map.of("sw0", below("rp0", "a"));
        Map<String, DeviceConfig> devices =
                Map.of("card", new DeviceConfig("x", "rp0", null, null));
        Map<String, RootPortConfig> ports = Map.of("rp0", new RootPortConfig());

        Exception refusal =
                assertThrows(
                        IllegalArgumentException.class,
                        () ->
                                new MachineConfig(
                                        null, null, null, null, null, ports, switches, devices));
        assertTrue(refusal.getMessage().contains("without the switch sw0"), refusal.getMessage());
    }

    private static MachineConfig functions(Boolean ari, Map<String, DeviceConfig> devices) {
        RootPortConfig port = new RootPortConfig(null, null, null, ari, null, null, null);
        return new MachineConfig(null, null, null, null, null, Map.of("rp0", port), null, devices);
    }

    private static DeviceConfig physical(Integer total, Integer offset, Integer stride) {
        return new DeviceConfig(
                "x", "rp0", new VirtualFunctionsConfig(total, offset, stride), null, null, null);
    }

    private static DeviceConfig virtual(String physical) {
        return new DeviceConfig("x", null, null, physical, null, null);
    }

    private static void assertFunctionsRefused(
            String words, Boolean ari, Map<String, DeviceConfig> devices) {
        Exception refusal =
                assertThrows(IllegalArgumentException.class, () -> functions(ari, devices));
        assertTrue(refusal.getMessage().contains(words), refusal.getMessage());
    }

    @Test
    void shouldRefuseAVirtualFunctionOfNothing() {
        assertFunctionsRefused("a device with virtualFunctions", null, Map.of("v", virtual("pf")));
        DeviceConfig plain = new DeviceConfig("x", "rp0", null, null);
        assertFunctionsRefused(
                "a device with virtualFunctions", null, Map.of("pf", plain, "v", virtual("pf")));
    }

    @Test
    void shouldRefuseMoreVirtualFunctionsThanThereCanBe() {
        assertFunctionsRefused(
                "at most 1",
                null,
                Map.of("pf", physical(1, 1, 1), "v", virtual("pf"), "w", virtual("pf")));
    }

    @Test
    void shouldRefuseTwoFunctionsWithOneRoutingId() {
        DeviceConfig other = new DeviceConfig("x", "rp0", null, null);
        assertFunctionsRefused(
                "a routing ID of its own",
                null,
                Map.of("pf", physical(4, 1, 1), "q", other, "v", virtual("pf")));
    }

    @Test
    void shouldNeedAriForFunctionNumbersAboveSeven() {
        Map<String, DeviceConfig> devices = Map.of("pf", physical(4, 8, 1), "v", virtual("pf"));

        assertFunctionsRefused("at most 7 behind rp0", false, devices);
        assertEquals(2, functions(true, devices).devices().size());
    }
}
