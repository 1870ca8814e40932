package svasim.models.dsa.device;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static svasim.models.MachineUnderTest.PASID;

import org.junit.jupiter.api.Test;
import svasim.models.MachineUnderTest;
import svasim.models.dsa.layout.Command;
import svasim.models.dsa.layout.CommandError;
import svasim.models.dsa.layout.Descriptor;
import svasim.models.dsa.layout.Grpcfg;
import svasim.models.dsa.layout.Opcode;
import svasim.models.dsa.layout.Register;

/** Which engines serve which queues. */
class GroupsTest {
    private final DsaUnderTest dsa = DsaUnderTest.ready();
    private final MachineUnderTest machine = dsa.machine();

    private int enable(Grpcfg... groups) {
        dsa.command(Command.RESET_DEVICE, 0);
        for (int group = 0; group < groups.length; group++) {
            for (int offset = 0; offset < Grpcfg.BYTES; offset += Long.BYTES) {
                long at = Register.GRPCFG + (long) group * Grpcfg.BYTES + offset;
                machine.write64(0, at, groups[group].quadword(offset));
            }
        }
        dsa.writeQueue(0, PASID);
        dsa.writeQueue(1, PASID);
        return dsa.command(Command.ENABLE_DEVICE, 0);
    }

    private long descriptorsOf(int engine) {
        String name = "dev.engine" + engine + ".descriptors";
        return machine.statistics().counters().get(name).value();
    }

    private void submit(int queue, int count) {
        byte[] noOp = Descriptor.builder(Opcode.NO_OP).build().toBytes();
        for (int i = 0; i < count; i++) {
            machine.write(Register.PORTALS, Register.limitedPortal(queue), noOp);
        }
        machine.run();
    }

    @Test
    void shouldGiveEachQueueOnlyTheEnginesOfItsGroup() {
        assertEquals(0, enable(new Grpcfg().members(1, 0b0111), new Grpcfg().members(2, 0b1000)));
        dsa.command(Command.ENABLE_WQ, 0);
        dsa.command(Command.ENABLE_WQ, 1);

        submit(0, 6);
        submit(1, 5);

        assertEquals(2, descriptorsOf(0));
        assertEquals(2, descriptorsOf(2));
        assertEquals(5, descriptorsOf(3));
    }

    @Test
    void shouldRefuseWhatIsInTwoGroupsOrHasNoEngine() {
        int refused = CommandError.GROUP_CONFIGURATION.code();

        assertEquals(refused, enable(new Grpcfg().members(1, 1), new Grpcfg().members(1, 2)));
        assertEquals(refused, enable(new Grpcfg().members(1, 1), new Grpcfg().members(2, 1)));
        assertEquals(refused, enable(new Grpcfg().members(1, 1), new Grpcfg().members(2, 0)));
    }

    /** Eight descriptors in progress for an engine; a limit of 2 leaves a quarter. */
    @Test
    void shouldHalveWhatAnEngineWorksOnAtOnceAsOftenAsTheLimitSays() {
        enable(new Grpcfg().members(1, 1).limits(2, 0));
        dsa.command(Command.ENABLE_WQ, 0);
        machine.agent().hold();
        for (int i = 0; i < 5; i++) {
            dsa.submit(DsaUnderTest.move(0x70_0000, 0x71_0000, 64, true));
        }
        machine.runFor(20_000_000);

        assertEquals(2, descriptorsOf(0));
        machine.agent().release();
        machine.run();
    }
}
