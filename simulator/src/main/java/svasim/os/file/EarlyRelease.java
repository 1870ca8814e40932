package svasim.os.file;

import svasim.cpu.Cpu;
import svasim.os.procedure.Call;
import svasim.os.procedure.Next;
import svasim.os.procedure.Procedure;

/** The driver's release of a file that somebody still holds: its device is taken away. */
final class EarlyRelease {
    private static final Procedure<EarlyRelease> RELEASE =
            Procedure.<EarlyRelease>named("orphan_file")
                    .sleeping("release", 50_000, EarlyRelease::release)
                    .step("become a zombie", 20_000, EarlyRelease::end)
                    .build();

    private final OpenFile file;

    private EarlyRelease(OpenFile file) {
        this.file = file;
    }

    static Call<?> call(OpenFile file) {
        return new Call<>(RELEASE, new EarlyRelease(file));
    }

    private Next release(Cpu cpu) {
        return file.release();
    }

    private Next end(Cpu cpu) {
        file.releaseEnded();
        return Next.DONE;
    }
}
