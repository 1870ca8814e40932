package svasim.os.mm;

import svasim.cpu.Cpu;
import svasim.os.procedure.Call;
import svasim.os.procedure.Next;
import svasim.os.procedure.Procedure;

/** migration_entry_wait: the page is being moved; the fault is tried again when that is over. */
final class MigrationWait {
    private static final Procedure<MigrationWait> WAIT =
            Procedure.<MigrationWait>named("migration_entry_wait")
                    .sleeping("wait for the move", 100_000, MigrationWait::await)
                    .build();

    private final Fault fault;

    private MigrationWait(Fault fault) {
        this.fault = fault;
    }

    static Call<?> call(Fault fault) {
        return new Call<>(WAIT, new MigrationWait(fault));
    }

    private Next await(Cpu cpu) {
        Note note = fault.mm().tables().noteAt(fault.va());
        if (note.type() != Note.Type.MIGRATION) {
            return Next.DONE;
        }
        return Next.await(fault.pages().at(note.frame()).unlocked());
    }
}
