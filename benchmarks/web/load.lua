-- What wrk sends: the requests of a file in turn, for ever. One line each: method, path, session, body, between tabs.
-- A run goes on where the run before it stopped, so that every save brings values that are not there yet.
-- A save says which change its writer has seen: as the browser does, the number that the answer before it gave. The
-- answers tell their reports apart by the place at which each is being filled in. The first ones stand in a file, since
-- what was under way when the run before stopped has been saved and nobody heard of it.
-- `done` writes the figures as JSON; times are in microseconds.

local token = string.rep("x", 32)
local marker = "@seen@"
local prepared, places, thread = {}, {}, nil
local seen = {}
last, stopped, conflicts = 0, "", 0

function setup(it)
  thread = it
end

function init(args)
  for line in io.lines(args[1]) do
    local method, path, session, body = line:match("^(%S+)\t(%S+)\t(%S+)\t(.*)$")
    local headers = {
      ["Cookie"] = "sessionid=" .. session .. "; csrftoken=" .. token,
      ["X-CSRFToken"] = token,
      ["Content-Type"] = "application/json",
    }
    local place = body:find(marker, 1, true) and body:match('"here":"([^"]*)"')
    prepared[#prepared + 1] = wrk.format(method, path, headers, body ~= "" and body or nil)
    if place then
      places[#prepared] = place
    end
  end
  stopped = args[1] .. ".stopped"
  local file = io.open(stopped)
  if file then
    last = file:read("*n")
    file:close()
  end
  if next(places) then
    for line in io.lines(args[1] .. ".numbers") do
      local place, number = line:match("^(%S+) (%d+)$")
      seen[place] = tonumber(number)
    end
    response = heard
  end
end

-- The number is as wide as the marker, blanks before it: the length of the request stays.
function request()
  last = last % #prepared + 1
  local place = places[last]
  if not place then
    return prepared[last]
  end
  return (prepared[last]:gsub(marker, string.format("%" .. #marker .. "d", seen[place])))
end

function heard(status, headers, body)
  local number, place = body:match('"number": ?(%d+)'), body:match('"here": ?"([^"]*)"')
  if number and seen[place] then
    seen[place] = math.max(seen[place], tonumber(number))
  end
  if not body:find('"conflicts": ?{}') then
    conflicts = conflicts + 1
  end
end

function done(summary, latency)
  local file = assert(io.open(thread:get("stopped"), "w"))
  file:write(thread:get("last"))
  file:close()
  local errors = summary.errors
  io.write(string.format(
    '\n{"requests": %d, "microseconds": %d, "p50": %d, "p95": %d, "p99": %d, "failed": %d, "bytes": %d, ' ..
    '"conflicts": %d}\n',
    summary.requests, summary.duration, latency:percentile(50), latency:percentile(95), latency:percentile(99),
    errors.connect + errors.read + errors.write + errors.status + errors.timeout, summary.bytes,
    thread:get("conflicts")))
end
