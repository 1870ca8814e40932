package svasim.os.process;

import svasim.os.procedure.Call;
import svasim.os.program.Signal;
import svasim.os.program.Step;

/** Which procedure does what a step of a program says. */
final class StepCalls {
    private static final long ONE_PAGE = 4096;

    private StepCalls() {}

    static Call<?> call(Step step, UserThread thread) {
        if (step instanceof Step.Submit submit) {
            return SubmitWork.call(thread, submit);
        } else if (step instanceof Step.Await await) {
            return AwaitJob.call(thread, await.job());
        } else if (step instanceof Step.Open open) {
            return OpenDevice.call(thread, open.device(), open.closeOnExec());
        } else if (step instanceof Step.Close close) {
            return CloseDevice.call(thread, close.device());
        }
        Call<?> call = memoryCall(step, thread);
        call = call == null ? MemoryCalls.call(step, thread) : call;
        call = call == null ? ProcessCalls.call(step, thread) : call;
        return call != null ? call : controlCall(step, thread);
    }

    private static Call<?> memoryCall(Step step, UserThread thread) {
        Process process = thread.process();
        if (step instanceof Step.MapBuffer map) {
            return MapBuffer.call(process, map.buffer());
        } else if (step instanceof Step.MapDevice map) {
            long bytes = map.size() == null ? ONE_PAGE : map.size().bytes();
            return MapDevice.call(thread, map.device(), bytes);
        } else if (step instanceof Step.Touch touch) {
            return TouchBuffer.call(thread, touch.buffer(), touch.write());
        } else if (step instanceof Step.Unmap unmap) {
            return UnmapTarget.call(thread, unmap.target());
        } else if (step instanceof Step.Protect protect) {
            String buffer = protect.buffer();
            return process.mm()
                    .protect(process.address(buffer), process.pages(buffer), protect.access());
        }
        return null;
    }

    private static Call<?> controlCall(Step step, UserThread thread) {
        if (step instanceof Step.Sleep sleep) {
            return Pause.sleep(thread, sleep.time().value());
        } else if (step instanceof Step.Compute compute) {
            return Pause.compute(thread, compute.time().value());
        } else if (step instanceof Step.Kill kill) {
            return Signalling.send(thread, kill.process(), Signal.SIGKILL);
        } else if (step instanceof Step.AwaitProcess wait) {
            return Signalling.awaitEnd(thread, wait.process());
        } else if (step instanceof Step.Exit) {
            return Signalling.exitGroup(thread);
        }
        throw new IllegalArgumentException("no procedure for the step " + step);
    }
}
