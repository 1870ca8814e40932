package svasim.models.dsa.device;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static svasim.models.MachineUnderTest.PASID;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import svasim.models.MachineUnderTest;
import svasim.models.dsa.layout.Command;
import svasim.models.dsa.layout.QueueState;
import svasim.models.dsa.layout.Register;
import svasim.models.dsa.layout.Status;
import svasim.pcie.config.ConfigurationSpace;
import svasim.pcie.config.ExpressCapability;

/** The configuration space as lspci lists that of 8086:0b25 on Sapphire Rapids. */
class PciConfigurationTest {
    private DsaUnderTest dsa;
    private MachineUnderTest machine;
    private ConfigurationSpace space;

    @BeforeEach
    void prepare() {
        dsa = DsaUnderTest.ready();
        machine = dsa.machine();
        space = machine.function().configuration();
    }

    @Test
    void shouldBeASystemPeripheralOfIntel() {
        assertEquals(0x8086, space.read(0, 2));
        assertEquals(0x0b25, space.read(2, 2));
        assertEquals(0x0880, space.read(0x0a, 2));
        assertEquals(0x10, space.read(6, 2) & 0x10, "Cap+");
    }

    /**
     * "[40] Express (v2) Root Complex Integrated Endpoint", "[80] MSI-X", "[90] Power Management".
     */
    @Test
    void shouldLinkThreeCapabilities() {
        assertEquals(0x40, space.read(0x34, 1));
        assertEquals(0x0092_8010, space.read(0x40, 4));
        assertEquals(0x0008_9011, space.read(0x80, 4));
        assertEquals(0x2000, space.read(0x84, 4), "table in BAR 0");
        assertEquals(0x3000, space.read(0x88, 4), "pending bits in BAR 0");
        assertEquals(0x0003_0001, space.read(0x90, 4));
    }

    @Test
    void shouldLinkTheExtendedCapabilitiesInTheOrderOfTheirPlaces() {
        List<String> found = new ArrayList<>();
        for (int at = 0x100; at != 0; at = space.read(at, 4) >>> 20) {
            int header = space.read(at, 4);
            found.add(String.format("%x %x v%d", at, header & 0xffff, header >>> 16 & 0xf));
        }

        assertEquals(
                List.of(
                        "100 1 v2",
                        "150 18 v1",
                        "160 17 v1",
                        "170 2 v1",
                        "200 23 v1",
                        "220 f v1",
                        "230 1b v1",
                        "240 13 v1"),
                found);
    }

    /**
     * Invalidate Queue Depth 00, "Exec- Priv+, Max PASID Width: 14", "Page Request Capacity:
     * 00000200", and Max_Payload_Size and prefixes of the Express capability.
     */
    @ParameterizedTest
    @CsvSource({
        "224, 2, 1f, 0",
        "234, 2, ffff, 1404",
        "248, 4, ffffffff, 200",
        "44, 4, 10000000, 10000000",
        "64, 4, 200000, 200000"
    })
    void shouldHaveTheValuesOfTheRealOne(String offset, int bytes, String mask, String value) {
        int found = space.read(Integer.parseInt(offset, 16), bytes);

        assertEquals(
                Integer.parseUnsignedInt(value, 16), found & Integer.parseUnsignedInt(mask, 16));
    }

    @Test
    void shouldForgetEverythingInAFunctionLevelReset() {
        machine.map(PASID, 0x10_0000, 4096);
        dsa.submit(DsaUnderTest.move(0x10_0000, 0x50_0000, 64, true));
        machine.runFor(1_000_000);

        space.write(ExpressCapability.DEVICE_CONTROL, 2, ExpressCapability.INITIATE_RESET);
        machine.run();
        machine.enable();

        assertEquals(0, machine.read(Register.REGISTERS, Register.GENSTS, 4), "disabled");
        assertEquals(QueueState.DISABLED, dsa.queueState(0));
        assertEquals(List.of(), machine.device().waitingFor());
        assertFalse(dsa.isCommandActive());
    }

    @Test
    void shouldWorkAgainWhenItIsConfiguredAnewAfterAFunctionLevelReset() {
        space.write(ExpressCapability.DEVICE_CONTROL, 2, ExpressCapability.INITIATE_RESET);
        machine.run();
        machine.enable();
        dsa.configure();
        machine.map(PASID, 0x10_0000, 8192);

        assertEquals(
                Status.SUCCESS,
                dsa.carryOut(DsaUnderTest.move(0x10_0000, 0x10_1000, 64, true)).status());
        assertEquals(0x0b25, space.read(2, 2));
        assertEquals(0, dsa.command(Command.DRAIN_ALL, 0));
    }
}
