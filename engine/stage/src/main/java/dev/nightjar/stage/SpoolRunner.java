package dev.nightjar.stage;

import dev.nightjar.spi.DataRecord;
import org.jspecify.annotations.Nullable;

/** The work of a thread that begins with records of an earlier stage: reads them into the chain. */
record SpoolRunner(String id, Spool spool, RecordChain chain, @Nullable Channel out)
    implements TaskRunner.Runner {

  @Override
  public void run() {
    try (chain) {
      for (DataRecord record : spool.open()) {
        chain.emit(record);
      }
      chain.finish();
    } catch (RecordChain.NoneWanted enough) {
      // The step after has read all it wants: this one is done, too.
    } catch (Exception e) {
      throw TaskRunner.failure(id, e);
    } finally {
      if (out != null) {
        out.finish();
      }
    }
  }
}
