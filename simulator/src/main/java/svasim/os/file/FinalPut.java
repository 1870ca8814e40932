package svasim.os.file;

import svasim.cpu.Cpu;
import svasim.os.procedure.Call;
import svasim.os.procedure.Next;
import svasim.os.procedure.Procedure;
import svasim.os.task.Platform;
import svasim.trace.Kind;

/** __fput: the end of a file; the driver's release runs here, once. */
final class FinalPut {
    private static final Procedure<FinalPut> FPUT =
            Procedure.<FinalPut>named("__fput")
                    .sleeping("release", 80_000, FinalPut::release)
                    .sleeping("free file", 50_000, FinalPut::free)
                    .build();

    private final OpenFile file;
    private final Platform platform;

    private FinalPut(OpenFile file, Platform platform) {
        this.file = file;
        this.platform = platform;
    }

    static Call<?> call(OpenFile file, Platform platform) {
        return new Call<>(FPUT, new FinalPut(file, platform));
    }

    private Next release(Cpu cpu) {
        return file.release();
    }

    private Next free(Cpu cpu) {
        file.releaseEnded();
        file.released();
        int lane = platform.trace().lane("files");
        platform.trace().tell(Kind.FILE_RELEASED, lane, file.id(), 0, 0, file.operations().name());
        return Next.DONE;
    }
}
