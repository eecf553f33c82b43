package dev.sallyport.server.access.grant;

import dev.sallyport.server.access.ActionClass;
import dev.sallyport.server.access.Gate;
import dev.sallyport.server.access.Role;
import dev.sallyport.server.access.Warrants;
import dev.sallyport.server.access.account.Account;
import dev.sallyport.server.access.account.Accounts;

/** Judges by the account as it stands now. What it was limited to when it gave the order was judged then. */
public final class StandingWarrants implements Warrants {
  private final Accounts accounts;
  private final Grants grants;
  private final Gate gate;

  public StandingWarrants(Accounts accounts, Grants grants, Gate gate) {
    this.accounts = accounts;
    this.grants = grants;
    this.gate = gate;
  }

  @Override
  public boolean permits(String account, ActionClass actionClass, String machine) {
    return accounts.find(account).filter(Account::enabled)
        .filter(found -> gate.may(grants.rights(found, Role.OWNER), actionClass, machine)).isPresent();
  }
}
