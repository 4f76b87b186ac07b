package dev.berth.linux;

import dev.berth.linux.kernel.DiagTable;
import dev.berth.linux.kernel.Kernel;
import java.util.EnumSet;

class ProcNetContractTest extends LinuxContract {
    @Override
    Kernel over(Kernel live) {
        return new WithoutSockDiag(live, EnumSet.allOf(DiagTable.class));
    }
}
