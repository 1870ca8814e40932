package svasim.models.dsa.device;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static svasim.models.MachineUnderTest.PASID;

import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import svasim.models.MachineUnderTest;
import svasim.models.dsa.layout.Command;
import svasim.models.dsa.layout.CommandError;
import svasim.models.dsa.layout.CompletionRecord;
import svasim.models.dsa.layout.Descriptor;
import svasim.models.dsa.layout.Flags;
import svasim.models.dsa.layout.Opcode;
import svasim.models.dsa.layout.Register;
import svasim.models.dsa.layout.Status;

/** Interrupts that descriptors ask for. */
class InterruptHandlesTest {
    private static final int ENTRY = 3;
    private static final int DATA = 0x57;
    private static final int IGNORE_PASID = 1 << 2;
    private static final int WITH_PASID = 1 << 3;

    private DsaUnderTest dsa;
    private MachineUnderTest machine;

    @BeforeEach
    void prepare() {
        dsa = DsaUnderTest.ready();
        machine = dsa.machine();
        dsa.command(Command.DISABLE_DEVICE, 0);
        machine.write64(0, Register.GENCFG, Register.GENCFG_USER_INTERRUPTS);
        dsa.command(Command.ENABLE_DEVICE, 0);
        dsa.command(Command.ENABLE_WQ, 0);
        machine.write64(0, Register.MSIX_TABLE + ENTRY * 16, 0xfee0_0000L);
        machine.write64(0, Register.MSIX_TABLE + ENTRY * 16 + 8, DATA);
        permit(WITH_PASID | PASID << 12);
    }

    private void permit(int permission) {
        machine.write32(0, InterruptHandles.permissionOffset(ENTRY), permission);
    }

    private int request(int entry) {
        assertEquals(0, dsa.command(Command.REQUEST_INTERRUPT_HANDLE, entry));
        return (int) (dsa.status() >>> Register.CMDSTS_RESULT_SHIFT) & 0xffff;
    }

    private CompletionRecord noOp(int handle) {
        return dsa.carryOut(
                Descriptor.builder(Opcode.NO_OP)
                        .flags(DsaUnderTest.flags(false) | Flags.REQUEST_INTERRUPT)
                        .put(36, 2, handle));
    }

    @Test
    void shouldInterruptWhenTheRecordIsWritten() {
        int handle = request(ENTRY);

        assertEquals(Status.SUCCESS, noOp(handle).status());

        assertEquals(List.of(DATA), machine.interrupts());
    }

    @Test
    void shouldInterruptWithoutARecordToo() {
        int handle = request(ENTRY);

        dsa.submitRaw(
                Descriptor.builder(Opcode.NO_OP)
                        .flags(Flags.REQUEST_INTERRUPT)
                        .put(36, 2, handle)
                        .build());
        machine.run();

        assertEquals(List.of(DATA), machine.interrupts());
    }

    @Test
    void should19RefuseAHandleThatNobodyHas() {
        int handle = request(ENTRY);

        assertEquals(0x19, noOp(handle + 1).status().code());
        dsa.command(Command.RELEASE_INTERRUPT_HANDLE, handle);
        assertEquals(0x19, noOp(handle).status().code());
        assertEquals(List.of(), machine.interrupts());
    }

    @Test
    void should19RefuseTheHandleOfAnotherPasid() {
        int handle = request(ENTRY);
        permit(WITH_PASID | PASID + 1 << 12);
        assertEquals(0x19, noOp(handle).status().code());
        permit(0);
        assertEquals(0x19, noOp(handle).status().code());

        permit(IGNORE_PASID);
        assertEquals(0x01, noOp(handle).status().code());
    }

    @Test
    void shouldGiveAHandleForEachEntryOfTheTableAndNoOther() {
        int invalid = CommandError.INTERRUPT_INDEX.code();
        assertEquals(invalid, dsa.command(Command.REQUEST_INTERRUPT_HANDLE, 0));
        assertEquals(invalid, dsa.command(Command.REQUEST_INTERRUPT_HANDLE, 9));
        assertEquals(invalid, dsa.command(Command.REQUEST_INTERRUPT_HANDLE, 1 << 16 | 1));
        assertEquals(invalid, dsa.command(Command.RELEASE_INTERRUPT_HANDLE, 0));

        for (int i = 0; i < MsixTable.ENTRIES; i++) {
            assertEquals(i, request(1 + i % 8));
        }
        assertEquals(
                CommandError.NO_INTERRUPT_HANDLE.code(),
                dsa.command(Command.REQUEST_INTERRUPT_HANDLE, 1));
    }

    @Test
    void should11RefuseInterruptsOfProgramsUnlessTheyAreAllowed() {
        int handle = request(ENTRY);
        dsa.command(Command.DISABLE_DEVICE, 0);
        machine.write64(0, Register.GENCFG, 0);
        dsa.command(Command.ENABLE_DEVICE, 0);
        dsa.command(Command.ENABLE_WQ, 0);

        CompletionRecord record = noOp(handle);

        assertEquals(CompletionRecord.invalidFlags(Flags.REQUEST_INTERRUPT), record);
    }
}
