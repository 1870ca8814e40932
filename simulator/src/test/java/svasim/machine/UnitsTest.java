package svasim.machine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import svasim.iommu.core.Iommu;
import svasim.iommu.core.Surroundings;
import svasim.iommu.vtd.VtdConfig;
import svasim.iommu.vtd.VtdIommu;
import svasim.kernel.Choices;
import svasim.pcie.fabric.RootPortConfig;
import svasim.pcie.fabric.SwitchConfig;
import svasim.pcie.fabric.SwitchPortConfig;
import svasim.stats.Statistics;
import svasim.units.Require;

/** Several IOMMUs in one machine. */
class UnitsTest {
    private static final UnitScope RP1 = new UnitScope(List.of("rp1"), null);

    private static IommuConfig iommu(IommuConfig.Unit kind, Map<String, UnitScope> further) {
        return new IommuConfig(kind, null, null, null, null, null, null, further);
    }

    private static MachineConfig machine(IommuConfig iommu) {
        return new MachineConfig(
                null,
                null,
                null,
                null,
                iommu,
                Map.of("rp0", new RootPortConfig(), "rp1", new RootPortConfig()),
                Map.of(
                        "sw",
                        new SwitchConfig(
                                "rp1", null, null, null, null, Map.of("d0", port(), "d1", port()))),
                null);
    }

    private static SwitchPortConfig port() {
        return new SwitchPortConfig();
    }

    private static Hardware hardware(Map<String, UnitScope> further) {
        return new Hardware(machine(iommu(IommuConfig.Unit.VTD, further)), 0, Choices.PLAIN);
    }

    private static List<String> names(Hardware hardware) {
        List<String> names = new ArrayList<>();
        hardware.units().forEach(unit -> names.add(unit.name()));
        return names;
    }

    @Test
    void shouldHaveOneUnitAboveEverythingUnlessToldOtherwise() {
        Hardware hardware = hardware(Map.of());

        assertEquals(List.of("iommu0"), names(hardware));
        Iommu only = hardware.units().aboveRootPort("rp1");
        assertEquals(only, hardware.units().aboveIntegrated("anything"));
    }

    @Test
    void shouldPutAFurtherUnitAboveWhatItNamesOnly() {
        Hardware hardware = hardware(Map.of("iommu1", RP1));

        assertEquals(List.of("iommu0", "iommu1"), names(hardware));
        assertEquals("iommu0", hardware.units().aboveRootPort("rp0").name());
        assertEquals("iommu1", hardware.units().aboveRootPort("rp1").name());
    }

    @Test
    void shouldFindTheUnitAboveADeviceBehindASwitch() {
        MachineConfig config = machine(iommu(IommuConfig.Unit.VTD, Map.of("iommu1", RP1)));
        Hardware bare =
                new Hardware(
                        new MachineConfig(null, null, null, null, null, null, null, null),
                        0,
                        Choices.PLAIN);
        Units units = new Units(config.iommu(), name -> unit(name, bare));
        Enumeration found = new Enumeration(config, bare.rootComplex(), units, bare.host());

        assertEquals("iommu1", found.unit("sw.d0", "dev").name());
        assertEquals("iommu0", found.unit("rp0", "dev").name());
        assertEquals("iommu0", found.unit(null, "dev").name());
    }

    private static Iommu unit(String name, Hardware hardware) {
        return new VtdIommu(
                VtdConfig.defaults(),
                new Surroundings(
                        name,
                        hardware.kernel(),
                        hardware.trace(),
                        new Statistics(),
                        hardware.memory(),
                        hardware.timing(),
                        (address, data, nowPs) -> {}));
    }

    @Test
    void shouldShowTheRegistersOfEachUnitInAWindowOfItsOwn() {
        for (IommuConfig.Unit kind : List.of(IommuConfig.Unit.VTD, IommuConfig.Unit.SMMUV2)) {
            IommuConfig config = iommu(kind, Map.of());
            long first = config.registerBase(0);

            assertEquals(first - config.registerBytes(), config.registerBase(1));
            assertTrue(first + config.registerBytes() <= 0xFEE0_0000L, "below the interrupts");
        }
    }

    @Test
    void shouldHaveNoUnitWhereThereIsNone() {
        Hardware hardware =
                new Hardware(machine(iommu(IommuConfig.Unit.NONE, Map.of())), 0, Choices.PLAIN);

        assertEquals(List.of(), names(hardware));
        assertNull(hardware.units().aboveRootPort("rp0"));
    }

    @Test
    void shouldRefuseFurtherUnitsWithoutAFirstOne() {
        assertThrows(
                Require.Violation.class, () -> iommu(IommuConfig.Unit.NONE, Map.of("iommu1", RP1)));
    }

    private static String refusal(Map<String, UnitScope> further) {
        return assertThrows(
                        Require.Violation.class,
                        () -> machine(iommu(IommuConfig.Unit.VTD, further)))
                .getMessage();
    }

    @Test
    void shouldRefuseAPortBelowTwoUnits() {
        String refusal = refusal(Map.of("iommu1", RP1, "iommu2", RP1));

        assertTrue(refusal.contains("rp1 below iommu1 and iommu2"), refusal);
    }

    @Test
    void shouldRefuseScopesThatNameWhatIsNotThere() {
        String port = refusal(Map.of("iommu1", new UnitScope(List.of("rp7"), null)));
        String device = refusal(Map.of("iommu1", new UnitScope(null, List.of("dsa0"))));

        assertTrue(port.contains("rp7"), port);
        assertTrue(device.contains("one of the integrated devices"), device);
    }

    @Test
    void shouldRefuseASecondFirstUnit() {
        assertTrue(refusal(Map.of("iommu0", RP1)).contains("another name"));
    }
}
