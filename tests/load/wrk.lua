-- Asks the same again and again; wrk gives `init` what stands behind its `--`: method,
-- the body's file, the path, and a file of case ids that stand for {case}, each once.

local ids, before, after

function init(args)
   local file = assert(io.open(args[2], "rb"))
   wrk.method, wrk.body = args[1], file:read("*a")
   file:close()
   if wrk.method == "GET" then wrk.body = nil end
   wrk.path = args[3]
   if args[4] then
      before, after = args[3]:match("^(.*){case}(.*)$")
      ids = io.lines(args[4])
   end
end

function request()
   if not ids then return wrk.format() end
   return wrk.format(nil, before .. (ids() or "spent") .. after)
end

function done(summary, latency, _)
   local failed = summary.errors
   io.write(string.format(
      '{"answers": %d, "seconds": %.6f, "refused": %d, "broken": %d, "p50_ms": %.4f}\n',
      summary.requests, summary.duration / 1e6, failed.status,
      failed.connect + failed.read + failed.write + failed.timeout,
      latency:percentile(50) / 1000))
end
