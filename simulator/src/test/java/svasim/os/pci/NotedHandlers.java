package svasim.os.pci;

import java.util.List;
import svasim.cpu.Cpu;
import svasim.os.iommu.ErrorHandlers;
import svasim.os.procedure.Call;
import svasim.os.procedure.Next;
import svasim.os.procedure.Procedure;

/** A driver that only notes what it is called for. */
record NotedHandlers(String name, List<String> notes) implements ErrorHandlers {
    private static final Procedure<Runnable> NOTE =
            Procedure.<Runnable>named("note").step("note", 0, NotedHandlers::run).build();

    private static Next run(Runnable note, Cpu cpu) {
        note.run();
        return Next.DONE;
    }

    private Call<?> note(String what) {
        return new Call<>(NOTE, (Runnable) () -> notes.add(name + " " + what));
    }

    @Override
    public Call<?> resetPrepare() {
        return note("prepares");
    }

    @Override
    public Call<?> resetDone() {
        return note("is done");
    }

    @Override
    public Call<?> errorDetected() {
        return note("has failed");
    }

    @Override
    public Call<?> slotReset() {
        return note("is set up");
    }

    @Override
    public Call<?> resume() {
        return note("resumes");
    }
}
