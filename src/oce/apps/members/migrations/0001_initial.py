import auto_prefetch
import django.db.models.deletion
import django.db.models.manager
import oce.kit.identifiers
import oce.kit.visibility
from django.conf import settings
from django.core.management import call_command
from django.db import migrations, models


def make_table_of_counts(apps, schema_editor):
    """Make the table in which all processes count together who tries too often."""
    call_command('createcachetable', database=schema_editor.connection.alias, verbosity=0)


class Migration(migrations.Migration):

    initial = True

    # Their tables refer to accounts.
    run_before = [('account', '0001_initial'), ('mfa', '0001_initial'), ('usersessions', '0001_initial')]

    dependencies = [
        ('agents', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='House',
            fields=[
                ('id', models.SmallIntegerField(default=1, primary_key=True, serialize=False)),
                ('name', models.CharField(blank=True, max_length=200, verbose_name='name of the network')),
                ('steps', models.JSONField(default=list)),
            ],
            options={
                'verbose_name': 'house',
                'verbose_name_plural': 'houses',
            },
        ),
        migrations.CreateModel(
            name='Letter',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('to', models.CharField(max_length=254, verbose_name='to')),
                ('subject', models.CharField(max_length=400, verbose_name='subject')),
                ('text', models.TextField(verbose_name='text')),
                ('made', models.DateTimeField(verbose_name='written')),
            ],
            options={
                'verbose_name': 'letter',
                'verbose_name_plural': 'letters',
            },
        ),
        migrations.CreateModel(
            name='Account',
            fields=[
                ('password', models.CharField(max_length=128, verbose_name='password')),
                ('last_login', models.DateTimeField(blank=True, null=True, verbose_name='last login')),
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('uid', models.UUIDField(default=oce.kit.identifiers.new_uid, editable=False, unique=True)),
                ('email', models.EmailField(max_length=254, unique=True, verbose_name='e-mail address')),
                ('is_administrator', models.BooleanField(default=False, verbose_name='looks after the whole house')),
                ('is_active', models.BooleanField(default=True, verbose_name='may sign in')),
                ('language', models.CharField(blank=True, default='', max_length=16, verbose_name='language')),
                ('made', models.DateTimeField(verbose_name='since')),
                ('person', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agents.agent', verbose_name='person')),
            ],
            options={
                'verbose_name': 'account',
                'verbose_name_plural': 'accounts',
            },
        ),
        migrations.CreateModel(
            name='AccessToken',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('uid', models.UUIDField(default=oce.kit.identifiers.new_uid, editable=False, unique=True)),
                ('name', models.CharField(max_length=200, verbose_name='name')),
                ('digest', models.CharField(max_length=64, unique=True)),
                ('powers', models.JSONField(default=list, verbose_name='may')),
                ('made', models.DateTimeField(verbose_name='made')),
                ('expires', models.DateTimeField(verbose_name='valid until')),
                ('last_used', models.DateTimeField(null=True, verbose_name='last used')),
                ('account', auto_prefetch.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='tokens', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'token',
                'verbose_name_plural': 'tokens',
                'abstract': False,
                'base_manager_name': 'prefetch_manager',
            },
            managers=[
                ('objects', django.db.models.manager.Manager()),
                ('prefetch_manager', django.db.models.manager.Manager()),
            ],
        ),
        migrations.CreateModel(
            name='Joining',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('style', models.CharField(choices=[('open', 'Everybody may join at once'), ('request', 'People ask, and the group answers'), ('invitation', 'By invitation only')], default='invitation', max_length=10, verbose_name='how one joins')),
                ('welcome', models.TextField(blank=True, verbose_name='what newcomers should know')),
                ('questions', models.JSONField(default=list, verbose_name='questions to those who ask')),
                ('group', auto_prefetch.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='agents.agent')),
            ],
            options={
                'verbose_name': 'way to join',
                'verbose_name_plural': 'ways to join',
                'abstract': False,
                'base_manager_name': 'prefetch_manager',
            },
            managers=[
                ('objects', django.db.models.manager.Manager()),
                ('prefetch_manager', django.db.models.manager.Manager()),
            ],
        ),
        migrations.CreateModel(
            name='Membership',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('uid', models.UUIDField(default=oce.kit.identifiers.new_uid, editable=False, unique=True, verbose_name='identifier')),
                ('iri', models.TextField(editable=False, null=True, unique=True, verbose_name='address elsewhere')),
                ('is_described', models.BooleanField(default=True, editable=False)),
                ('revision', models.PositiveIntegerField(default=1, editable=False)),
                ('visibility', oce.kit.visibility.VisibilityField(help_text='Who may see this: only those whom it concerns, everybody in the network, or everybody.', verbose_name='who may see it')),
                ('has_beginning', models.DateTimeField(blank=True, null=True, verbose_name='from')),
                ('has_end', models.DateTimeField(blank=True, null=True, verbose_name='until')),
                ('note', models.TextField(blank=True, verbose_name='note')),
                ('group', auto_prefetch.ForeignKey(help_text='The group that somebody belongs to.', on_delete=django.db.models.deletion.PROTECT, related_name='memberships_here', to='agents.agent', verbose_name='group')),
                ('member', auto_prefetch.ForeignKey(help_text='Who belongs to the group.', on_delete=django.db.models.deletion.PROTECT, related_name='memberships', to='agents.agent', verbose_name='who')),
                ('relationship', models.OneToOneField(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='membership', to='agents.agentrelationship')),
            ],
            options={
                'verbose_name': 'membership',
                'verbose_name_plural': 'memberships',
                'abstract': False,
                'base_manager_name': 'prefetch_manager',
                'constraints': [models.CheckConstraint(condition=models.Q(('member', models.F('group')), _negated=True), name='membership_joins_two_agents'), models.CheckConstraint(condition=models.Q(('has_beginning__isnull', True), ('has_end__isnull', True), ('has_beginning__lt', models.F('has_end')), _connector='OR'), name='membership_begins_before_it_ends')],
            },
            managers=[
                ('objects', django.db.models.manager.Manager()),
                ('prefetch_manager', django.db.models.manager.Manager()),
            ],
        ),
        migrations.CreateModel(
            name='JoinRequest',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('uid', models.UUIDField(default=oce.kit.identifiers.new_uid, editable=False, unique=True)),
                ('answers', models.JSONField(default=list)),
                ('state', models.CharField(choices=[('new', 'New'), ('talking', 'In talk'), ('accepted', 'Accepted'), ('declined', 'Declined'), ('withdrawn', 'Withdrawn')], default='new', max_length=9, verbose_name='state')),
                ('reason', models.TextField(blank=True, verbose_name='reason')),
                ('made', models.DateTimeField(verbose_name='asked')),
                ('changed', models.DateTimeField(verbose_name='last change')),
                ('applicant', auto_prefetch.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='agents.agent')),
                ('group', auto_prefetch.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='agents.agent')),
                ('taken_by', auto_prefetch.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='agents.agent')),
                ('membership', auto_prefetch.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='members.membership')),
            ],
            options={
                'verbose_name': 'request to join',
                'verbose_name_plural': 'requests to join',
                'abstract': False,
                'base_manager_name': 'prefetch_manager',
                'indexes': [models.Index(fields=['group', 'state'], name='requests_of_a_group')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('state__in', ('new', 'talking'))), fields=('group', 'applicant'), name='one_open_request_per_group')],
            },
            managers=[
                ('objects', django.db.models.manager.Manager()),
                ('prefetch_manager', django.db.models.manager.Manager()),
            ],
        ),
        migrations.CreateModel(
            name='RequestComment',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('text', models.TextField(verbose_name='comment')),
                ('is_internal', models.BooleanField(default=False, verbose_name='for coordinators only')),
                ('made', models.DateTimeField(verbose_name='said')),
                ('author', auto_prefetch.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='agents.agent')),
                ('request', auto_prefetch.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='comments', to='members.joinrequest')),
            ],
            options={
                'verbose_name': 'comment',
                'verbose_name_plural': 'comments',
                'abstract': False,
                'base_manager_name': 'prefetch_manager',
            },
            managers=[
                ('objects', django.db.models.manager.Manager()),
                ('prefetch_manager', django.db.models.manager.Manager()),
            ],
        ),
        migrations.CreateModel(
            name='Role',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('uid', models.UUIDField(default=oce.kit.identifiers.new_uid, editable=False, unique=True, verbose_name='identifier')),
                ('iri', models.TextField(editable=False, null=True, unique=True, verbose_name='address elsewhere')),
                ('is_described', models.BooleanField(default=True, editable=False)),
                ('revision', models.PositiveIntegerField(default=1, editable=False)),
                ('visibility', oce.kit.visibility.VisibilityField(help_text='Who may see this: only those whom it concerns, everybody in the network, or everybody.', verbose_name='who may see it')),
                ('name', models.CharField(max_length=200, verbose_name='name')),
                ('may_record', models.BooleanField(default=False, help_text='Whether somebody in this role may log what happened, for the group and its parts.', verbose_name='may log')),
                ('may_coordinate', models.BooleanField(default=False, help_text='Whether somebody in this role may take in members, correct others, and look after what the group has.', verbose_name='may coordinate')),
                ('note', models.TextField(blank=True, verbose_name='note')),
                ('group', auto_prefetch.ForeignKey(blank=True, help_text='The group that this role was made for; without one, every group may use it.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='own_roles', to='agents.agent', verbose_name='group')),
            ],
            options={
                'verbose_name': 'role in a group',
                'verbose_name_plural': 'roles in groups',
                'abstract': False,
                'base_manager_name': 'prefetch_manager',
            },
            managers=[
                ('objects', django.db.models.manager.Manager()),
                ('prefetch_manager', django.db.models.manager.Manager()),
            ],
        ),
        migrations.AddField(
            model_name='membership',
            name='role',
            field=auto_prefetch.ForeignKey(help_text='What the member may do in the group and its parts.', on_delete=django.db.models.deletion.PROTECT, related_name='memberships', to='members.role', verbose_name='role'),
        ),
        migrations.CreateModel(
            name='Invitation',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('uid', models.UUIDField(default=oce.kit.identifiers.new_uid, editable=False, unique=True)),
                ('note', models.CharField(blank=True, max_length=200, verbose_name='for whom')),
                ('digest', models.CharField(max_length=64, unique=True)),
                ('made_by', models.CharField(max_length=200, verbose_name='made by')),
                ('made', models.DateTimeField(verbose_name='made')),
                ('expires', models.DateTimeField(verbose_name='valid until')),
                ('uses_max', models.PositiveIntegerField(default=1, verbose_name='for how many people')),
                ('uses', models.PositiveIntegerField(default=0, verbose_name='used')),
                ('revoked', models.DateTimeField(null=True, verbose_name='taken back')),
                ('group', auto_prefetch.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='agents.agent')),
                ('role', auto_prefetch.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='members.role')),
            ],
            options={
                'verbose_name': 'invitation',
                'verbose_name_plural': 'invitations',
                'abstract': False,
                'base_manager_name': 'prefetch_manager',
            },
            managers=[
                ('objects', django.db.models.manager.Manager()),
                ('prefetch_manager', django.db.models.manager.Manager()),
            ],
        ),
        migrations.RunPython(make_table_of_counts, migrations.RunPython.noop),
    ]
