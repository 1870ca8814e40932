package svasim.models.dsa.device;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static svasim.models.MachineUnderTest.PASID;

import java.util.List;
import org.junit.jupiter.api.Test;
import svasim.models.MachineUnderTest;
import svasim.models.dsa.config.Configs;
import svasim.models.dsa.config.DsaConfig.HaltReset;
import svasim.models.dsa.layout.Command;
import svasim.models.dsa.layout.CommandError;
import svasim.models.dsa.layout.Descriptor;
import svasim.models.dsa.layout.Opcode;
import svasim.models.dsa.layout.QueueState;
import svasim.models.dsa.layout.Register;
import svasim.models.dsa.layout.Status;

/** A device that has halted: nothing goes on, no record comes, until the reset that it needs. */
class HaltTest {
    private static final long FROM = 0x10_0000;
    private static final long TO = 0x20_0000;
    private static final long BYTES = 1 << 16;

    private static DsaUnderTest halting(HaltReset reset) {
        DsaUnderTest dsa = DsaUnderTest.ready(Configs.haltingAfter(3, reset));
        dsa.machine().map(PASID, FROM, BYTES);
        dsa.machine().map(PASID, TO, BYTES);
        dsa.machine().write64(0, Register.GENCTRL, Register.GENCTRL_HALT_INTERRUPT);
        dsa.machine().write64(0, Register.MSIX_TABLE, 0xfee0_0000L);
        dsa.machine().write64(0, Register.MSIX_TABLE + 8, 0x41);
        return dsa;
    }

    private static long status(DsaUnderTest dsa) {
        return dsa.machine().read(0, Register.GENSTS, 8);
    }

    @Test
    void shouldLoseWhatWasHandedInAndSaySo() {
        DsaUnderTest dsa = halting(HaltReset.SOFTWARE);
        MachineUnderTest machine = dsa.machine();
        long done = dsa.submit(Descriptor.builder(Opcode.NO_OP).flags(DsaUnderTest.flags(false)));
        machine.run();

        long second = dsa.submit(DsaUnderTest.move(FROM, TO, BYTES, true));
        long third = dsa.submit(DsaUnderTest.move(FROM, TO, BYTES, true));
        machine.run();

        assertEquals(Status.SUCCESS, dsa.record(done).status());
        assertEquals(Status.NONE, dsa.record(second).status());
        assertEquals(Status.NONE, dsa.record(third).status());
        assertEquals(Register.GENSTS_HALTED, status(dsa));
        assertEquals(QueueState.DISABLED, dsa.queueState(0));
        assertEquals(Register.INTCAUSE_HALT, machine.read(0, Register.INTCAUSE, 8));
        assertEquals(List.of(0x41), machine.interrupts());
        assertEquals(List.of(), machine.device().waitingFor());
    }

    @Test
    void shouldGoOnAfterTheResetOfItsSoftware() {
        DsaUnderTest dsa = halting(HaltReset.SOFTWARE);
        for (int i = 0; i < 3; i++) {
            dsa.submit(Descriptor.builder(Opcode.NO_OP));
        }
        dsa.machine().run();
        assertEquals(CommandError.DEVICE_ENABLED.code(), dsa.command(Command.ENABLE_DEVICE, 0));

        assertEquals(0, dsa.command(Command.RESET_DEVICE, 0));
        dsa.configure();

        assertEquals(Status.SUCCESS, dsa.carryOut(DsaUnderTest.move(FROM, TO, 64, true)).status());
    }

    @Test
    void shouldNotGoOnByACommandIfItNeedsMore() {
        DsaUnderTest dsa = halting(HaltReset.FLR);
        for (int i = 0; i < 3; i++) {
            dsa.submit(Descriptor.builder(Opcode.NO_OP));
        }
        dsa.machine().run();

        assertEquals(CommandError.HARDWARE_ERROR.code(), dsa.command(Command.RESET_DEVICE, 0));
        assertEquals(Register.GENSTS_HALTED | 1 << Register.GENSTS_RESET_SHIFT, (int) status(dsa));

        dsa.machine().reset();
        dsa.machine().enable();
        dsa.configure();
        assertEquals(QueueState.ENABLED, dsa.queueState(0));
    }
}
