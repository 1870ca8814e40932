package svasim.os.process;

import java.util.Iterator;
import svasim.cpu.Cpu;
import svasim.os.procedure.Call;
import svasim.os.procedure.Next;
import svasim.os.procedure.Procedure;
import svasim.os.program.Buffer;

/** Maps and fills the buffers of a process before its threads run their programs. */
final class SetUp {
    private static final Procedure<SetUp> SET_UP =
            Procedure.<SetUp>named("set-up")
                    .sleeping("next buffer", 10_000, SetUp::nextBuffer)
                    .sleeping("fill", 10_000, SetUp::fill)
                    .sleeping("more", 0, SetUp::more)
                    .sleeping("done", 0, SetUp::done)
                    .build();

    private final Process process;
    private final Iterator<String> buffers;
    private String buffer;

    private SetUp(Process process) {
        this.process = process;
        this.buffers = process.spec().buffers().keySet().iterator();
    }

    static Call<?> call(Process process) {
        return new Call<>(SET_UP, new SetUp(process));
    }

    private Next nextBuffer(Cpu cpu) {
        if (!buffers.hasNext()) {
            return Next.jump("done");
        }
        buffer = buffers.next();
        return Next.call(MapBuffer.call(process, buffer));
    }

    private Next fill(Cpu cpu) {
        return process.buffer(buffer).fill() == Buffer.Fill.NONE
                ? Next.ON
                : Next.call(FillBuffer.call(process, buffer));
    }

    private Next more(Cpu cpu) {
        return Next.jump("next buffer");
    }

    private Next done(Cpu cpu) {
        process.setUpDone();
        return Next.DONE;
    }
}
