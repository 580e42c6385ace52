import time
from pathlib import Path
from sqlalchemy import text
from moderation import ingest
from moderation.access import system
from tests.world import ORG, World, comment, page
from tests.worker.erasing_tools import Ageing
from tests.moderation.locks import unlocked
def test_it(sqlite_world: World, tmp_path: Path):
    a=Ageing(sqlite_world,tmp_path)
    N=20000
    for s in range(0,N,200):
        made=page(*[comment(f"c{n}",f"Nice engine number {n} "*5) for n in range(s,s+200)],cursor=str(s))
        raw=a.shop.vault.put(made.raw)
        with a.store.transaction() as session:
            ingest.admit(session,a.account_id,"comments",made,raw_sha256=raw,actor=system("ingest",ORG),now=a.shop.at)
    with a.store.transaction() as session: session.execute(text("update item set state='clear'"))
    a.age(20); t=time.time(); from worker.erasing import run_day; run_day(a.shop,ORG); print("nothing due",time.time()-t)
    a.age(20); t=time.time(); run_day(a.shop,ORG); print("all due",time.time()-t, len(a.erasures()))
    t=time.time(); run_day(a.shop,ORG); print("again",time.time()-t)
    assert 0
